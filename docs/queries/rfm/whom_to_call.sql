-- Which good customers have been silent for longer than they used to be?
-- 哪些重要客户沉默的时间已超过自己的习惯？
-- Unit: retail
select
    customer_id,
    window_net_revenue,
    window_occasions_count as occasions,
    recency_days,
    long_gap_days as usual_long_gap_days,
    lost_after_days
from marts.fct_customer_rfm
where business_unit = 'retail' and is_past_long_gap and customer_status = 'slipping'
order by window_net_revenue desc, customer_id asc
limit 5
