with source as (

    select * from {{ source('retail_crm', 'coupons__keys') }}

),

renamed as (

    select
        -- keys
        cast(coupon_upc as bigint) as coupon_upc,
        cast(product_id as bigint) as product_id,
        cast(campaign_id as bigint) as campaign_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
