-- How far off was each method on the last quarter it had not seen?
-- 各方法在最近一个留出季度的误差有多大？
-- Unit: retail
select
    method_name,
    round(mean_absolute_error, 2) as mean_absolute_error,
    round(actual_to_predicted_ratio, 3) as actual_to_predicted,
    round(rank_correlation, 3) as rank_correlation,
    customers_count as customers,
    is_chosen
from marts.fct_lifetime_value_scoreboard
where
    business_unit = 'retail'
    and cut_off_date = (
        select max(newest.cut_off_date)
        from marts.fct_lifetime_value_scoreboard as newest
        where newest.business_unit = 'retail'
    )
order by mean_absolute_error, method_name
