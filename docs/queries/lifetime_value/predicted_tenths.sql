-- Did those who were predicted best bring most?
-- 预测最高的客户是否带来最多？
-- Unit: retail
select
    decile as tenth,
    customers_count as customers,
    predicted_net_revenue_per_customer as predicted,
    actual_net_revenue_per_customer as actual,
    round(lift_ratio, 2) as lift,
    round(cumulative_actual_revenue_ratio, 3) as share_up_to_here
from marts.fct_lifetime_value_scoreboard_deciles
where
    business_unit = 'retail'
    and is_chosen
    and cut_off_date = (
        select max(newest.cut_off_date)
        from marts.fct_lifetime_value_scoreboard_deciles as newest
        where newest.business_unit = 'retail'
    )
order by decile
