-- What is a point of retention worth?
-- 留存率每提高一个百分点值多少？
-- Unit: industrial
select
    scenario,
    round(value_per_customer) as value_per_customer,
    round(uplift_ratio, 3) as uplift
from marts.fct_retention_uplift
where business_unit = 'industrial' and curve = 'own_curve'
order by uplift
