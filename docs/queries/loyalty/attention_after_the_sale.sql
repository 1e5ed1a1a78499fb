-- Does the seller's attention fall after the sale, when the customer's need for service rises?
-- 成交之后，卖方的关注是否在客户最需要服务时下降（剪刀差）？
-- Unit: industrial
select
    labels.name_en as phase,
    labels.name_zh as 阶段,
    attention.sales_count as sales,
    round(attention.seller_touches_per_30_days, 3) as touches_per_30_days,
    round(attention.service_cases_per_30_days, 3) as cases_per_30_days,
    round(attention.attention_gap_per_30_days, 3) as gap,
    round(attention.unanswered_ratio, 3) as unanswered,
    attention.median_first_reply_hours as hours_to_first_reply
from marts.fct_after_sale_attention as attention
inner join marts.dim_labels as labels
    on
        labels.kind = 'sale_phase'
        and attention.phase = labels.code
where attention.business_unit = 'industrial' and attention.product_family = 'all'
order by labels.list_position
