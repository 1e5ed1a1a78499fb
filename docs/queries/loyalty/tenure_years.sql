-- What does a year with a customer bring, by year of tenure?
-- 客户关系的每一年各带来多少？
-- Unit: industrial
select
    tenure_year,
    customers_count as customers,
    net_revenue_per_customer,
    margin_per_customer,
    round(paid_price_ratio, 3) as paid_of_list_price,
    round(service_cost_ratio, 4) as service_cost_of_revenue,
    referrals_count as referrals,
    round(retention_ratio, 3) as retention,
    data_basis
from marts.fct_tenure_economics
where business_unit = 'industrial'
order by tenure_year
