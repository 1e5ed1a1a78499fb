with source as (

    select * from {{ source('retail_shop', 'returns') }}

),

renamed as (

    select
        -- keys
        cast(return_id as bigint) as return_id,
        cast(basket_id as bigint) as basket_id,
        cast(product_id as bigint) as product_id,

        -- measures
        cast(quantity as bigint) as returned_quantity,
        {{ money('refund_value') }} as refund,

        -- dates and times
        cast(returned_at as timestamp) as refunded_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
