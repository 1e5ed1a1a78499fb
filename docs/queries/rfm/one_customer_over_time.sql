-- How did one customer's scores change, month by month?
-- 某一位客户的各项得分逐月如何变化？
-- Unit: retail
select
    snapshot_date,
    recency_days,
    window_occasions_count as occasions,
    window_net_revenue as net_revenue,
    recency_score as r,
    frequency_score as f,
    monetary_score as m,
    segment,
    customer_status
from marts.fct_customer_rfm_months
where
    customer_id = (
        select min(known.customer_id)
        from marts.fct_customer_rfm as known
        where known.business_unit = 'retail' and known.customer_status = 'reactivated'
    )
order by snapshot_date desc
limit 8
