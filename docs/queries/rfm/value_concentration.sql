-- How much of the revenue do few customers bring?
-- 少数客户带来了多少收入？
-- Unit: both
select
    concentration.business_unit,
    units.reporting_currency_code as currency,
    concentration.customers_count as customers,
    concentration.window_net_revenue as net_revenue,
    round(concentration.gini_coefficient, 3) as gini,
    round(concentration.top_1_percent_revenue_ratio, 3) as top_1_percent,
    round(concentration.top_10_percent_revenue_ratio, 3) as top_10_percent,
    round(concentration.top_20_percent_revenue_ratio, 3) as top_20_percent
from marts.fct_rfm_value_concentration as concentration
inner join marts.dim_business_units as units
    on concentration.business_unit = units.business_unit
where
    concentration.snapshot_date = (
        select max(newest.snapshot_date) from marts.fct_rfm_value_concentration as newest
    )
order by concentration.business_unit
