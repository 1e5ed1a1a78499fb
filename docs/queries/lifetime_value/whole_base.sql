-- What is the whole customer base expected to bring, and by which model?
-- 全部客户预计带来多少收入，依据哪种模型？
-- Unit: both
select
    totals.business_unit,
    units.reporting_currency_code as currency,
    totals.model_name,
    totals.predicted_customers_count as customers,
    totals.expected_alive_customers_count as expected_alive,
    totals.predicted_net_revenue_next_90_days as next_90_days,
    totals.predicted_net_revenue_next_90_days_lower as at_least,
    totals.predicted_net_revenue_next_90_days_upper as at_most,
    totals.predicted_net_revenue_next_365_days as next_year
from marts.fct_lifetime_value_totals as totals
inner join marts.dim_business_units as units on totals.business_unit = units.business_unit
order by totals.business_unit
