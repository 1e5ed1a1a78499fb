-- Who are our customers, in both languages?
-- 我们的客户是谁？
-- Unit: retail
select
    labels.name_en as segment,
    labels.name_zh as 分群,
    count(*) as customers,
    sum(rfm.window_net_revenue) as net_revenue,
    sum(case when rfm.customer_status = 'lost' then 1 else 0 end) as lost
from marts.fct_customer_rfm as rfm
inner join marts.dim_labels as labels
    on
        labels.kind = 'rfm_segment'
        and rfm.segment = labels.code
where rfm.business_unit = 'retail'
group by labels.name_en, labels.name_zh
order by net_revenue desc
limit 4
