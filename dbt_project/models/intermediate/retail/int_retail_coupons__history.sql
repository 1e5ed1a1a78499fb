with landed as (

    select * from {{ ref('stg_retail__coupons') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__coupon_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'coupons'

),

{{ landed_history(['coupon_upc', 'product_id', 'campaign_id']) }},

final as (

    select
        coupon_upc,
        product_id,
        campaign_id,
        outcome,
        version_number,
        is_landed,
        valid_from_date,
        valid_to_date,
        _batch_sequence
    from history

)

select * from final
