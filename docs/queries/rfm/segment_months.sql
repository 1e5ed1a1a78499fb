-- How did the best segment develop over the last half year?
-- 最优客户群最近半年如何变化？
-- Unit: retail
select
    snapshot_date,
    customers_count as champions,
    window_net_revenue as net_revenue,
    slipping_customers_count as slipping,
    lost_customers_count as lost
from marts.fct_rfm_segment_months
where business_unit = 'retail' and segment = 'champions'
order by snapshot_date desc
limit 7
