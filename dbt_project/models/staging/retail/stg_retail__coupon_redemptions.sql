with source as (

    select * from {{ source('retail_crm', 'coupon_redemptions') }}

),

renamed as (

    select
        -- keys
        cast(household_id as bigint) as household_id,
        cast(coupon_upc as bigint) as coupon_upc,
        cast(campaign_id as bigint) as campaign_id,

        -- dates and times
        cast(redemption_date as date) as redemption_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
