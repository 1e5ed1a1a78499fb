-- Who has the most room to spend more, going by comparable customers?
-- 与同类客户相比，谁的购买潜力最大？
-- Unit: retail
select
    customer_id,
    last_horizon_net_revenue as last_91_days,
    expected_net_revenue as expected_next_91_days,
    potential_net_revenue as potential,
    gap_to_potential
from marts.fct_purchase_potential
where
    business_unit = 'retail'
    and potential_basis = 'model'
    and horizon_days = 91
order by gap_to_potential desc, customer_id asc
limit 5
