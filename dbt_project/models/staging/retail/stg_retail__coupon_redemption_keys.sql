with source as (

    select * from {{ source('retail_crm', 'coupon_redemptions__keys') }}

),

renamed as (

    select
        -- keys
        cast(household_id as bigint) as household_id,
        cast(coupon_upc as bigint) as coupon_upc,
        cast(campaign_id as bigint) as campaign_id,
        cast(redemption_date as date) as redemption_date,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
