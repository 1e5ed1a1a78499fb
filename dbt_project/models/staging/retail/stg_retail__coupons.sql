with source as (

    select * from {{ source('retail_crm', 'coupons') }}

),

renamed as (

    select
        -- keys
        cast(coupon_upc as bigint) as coupon_upc,
        cast(product_id as bigint) as product_id,
        cast(campaign_id as bigint) as campaign_id,

        -- dates and times
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
