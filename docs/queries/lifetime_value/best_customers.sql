-- Who are the best customers, and when did they last buy?
-- 最有价值的客户是谁，最近一次购买在何时？
-- Unit: retail
select
    customer_id,
    net_revenue,
    purchase_occasions_count as occasions,
    last_order_date
from marts.fct_customer_value
where business_unit = 'retail' and not is_unknown
order by net_revenue desc, customer_id asc
limit 3
