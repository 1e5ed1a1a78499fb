with touches as (

    select * from {{ ref('int_campaigns__touches') }}

),

final as (

    select
        campaign_id,
        customer_id,
        business_unit,
        source_campaign_number,
        source_customer_number,
        redemptions_count,
        is_sent,
        is_redeemed,
        sent_date,
        first_redemption_date,
        last_redemption_date
    from touches

)

select * from final
