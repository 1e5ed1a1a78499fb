with landed as (

    select * from {{ ref('stg_retail__coupon_redemptions') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__coupon_redemption_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'coupon_redemptions'

),

{{ landed_history(
    ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'],
    own_start='landed.redemption_date'
) }},

final as (

    select
        household_id,
        coupon_upc,
        campaign_id,
        redemption_date,
        outcome,
        version_number,
        is_landed,
        valid_from_date,
        valid_to_date,
        _batch_sequence
    from history

)

select * from final
