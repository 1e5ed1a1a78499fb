with campaigns as (

    select * from {{ ref('int_campaigns__current') }}

),

offers as (

    select * from {{ ref('int_campaigns__offers_counted') }}

),

touches as (

    select * from {{ ref('int_campaigns__touches') }}

),

sent as (

    select
        campaign_id,
        count(*) as sent_customers_count
    from touches
    where is_sent
    group by campaign_id

),

final as (

    select
        campaigns.campaign_id,
        campaigns.business_unit,
        campaigns.source_campaign_number,
        campaigns.campaign_type,
        coalesce(offers.coupons_count, 0) as coupons_count,
        coalesce(offers.coupon_products_count, 0) as coupon_products_count,
        coalesce(sent.sent_customers_count, 0) as sent_customers_count,
        campaigns.is_unknown,
        campaigns.is_deleted,
        campaigns.start_date,
        campaigns.end_date
    from campaigns
    left join offers
        on
            campaigns.business_unit = offers.business_unit
            and campaigns.source_campaign_number = offers.source_campaign_number
    left join sent
        on campaigns.campaign_id = sent.campaign_id

)

select * from final
