with targets as (

    select * from {{ ref('int_campaign_targets__current') }}

),

redemptions as (

    select * from {{ ref('int_coupon_redemptions__counted') }}

),

campaigns as (

    select * from {{ ref('int_campaigns__current') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

-- Who was chosen for a campaign is touched on the day it starts.
sent_targets as (

    select
        targets.business_unit,
        targets.source_campaign_number,
        targets.source_customer_number
    from targets
    inner join campaigns
        on
            targets.business_unit = campaigns.business_unit
            and targets.source_campaign_number = campaigns.source_campaign_number

),

pairs as (

    select
        business_unit,
        source_campaign_number,
        source_customer_number
    from sent_targets
    union
    select
        business_unit,
        source_campaign_number,
        source_customer_number
    from redemptions

),

final as (

    select
        coalesce(campaigns.campaign_id, {{ unknown_id('pairs.business_unit') }}) as campaign_id,
        coalesce(customers.customer_id, {{ unknown_id('pairs.business_unit') }}) as customer_id,
        pairs.business_unit,
        pairs.source_campaign_number,
        pairs.source_customer_number,
        coalesce(redemptions.redemptions_count, 0) as redemptions_count,
        sent_targets.source_customer_number is not null as is_sent,
        redemptions.redemptions_count is not null as is_redeemed,
        case when sent_targets.source_customer_number is not null then campaigns.start_date end
            as sent_date,
        redemptions.first_redemption_date,
        redemptions.last_redemption_date
    from pairs
    left join campaigns
        on
            pairs.business_unit = campaigns.business_unit
            and pairs.source_campaign_number = campaigns.source_campaign_number
    left join customers
        on
            pairs.business_unit = customers.business_unit
            and pairs.source_customer_number = customers.source_customer_number
    left join sent_targets
        on
            pairs.business_unit = sent_targets.business_unit
            and pairs.source_campaign_number = sent_targets.source_campaign_number
            and pairs.source_customer_number = sent_targets.source_customer_number
    left join redemptions
        on
            pairs.business_unit = redemptions.business_unit
            and pairs.source_campaign_number = redemptions.source_campaign_number
            and pairs.source_customer_number = redemptions.source_customer_number

)

select * from final
