-- For whom were predictions good, and for whom not?
-- 对哪些客户预测得准，对哪些不准？
-- Unit: retail
select
    cohort_quarter_date as first_came_in,
    customers_count as customers,
    round(actual_to_predicted_ratio, 3) as actual_to_predicted,
    mean_absolute_error,
    round(occasions_coverage_ratio, 3) as held_by_interval,
    data_basis
from marts.fct_lifetime_value_scoreboard_cohorts
where
    business_unit = 'retail'
    and is_chosen
    and cut_off_date = (
        select max(newest.cut_off_date)
        from marts.fct_lifetime_value_scoreboard_cohorts as newest
        where newest.business_unit = 'retail'
    )
order by cohort_quarter_date
