-- A campaign was sent to as many customers as it has touches that say so.
with touches as (

    select
        campaign_id,
        sum(case when is_sent then 1 else 0 end) as sent_customers_count
    from {{ ref('fct_campaign_touches') }}
    group by campaign_id

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

)

select
    campaigns.campaign_id,
    campaigns.sent_customers_count,
    touches.sent_customers_count as touches_count
from campaigns
left join touches
    on campaigns.campaign_id = touches.campaign_id
where campaigns.sent_customers_count <> coalesce(touches.sent_customers_count, 0)
