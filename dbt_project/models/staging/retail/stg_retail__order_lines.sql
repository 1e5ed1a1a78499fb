with source as (

    select * from {{ source('retail_shop', 'order_lines') }}

),

renamed as (

    select
        -- keys
        cast(basket_id as bigint) as basket_id,
        cast(product_id as bigint) as product_id,
        cast(household_id as bigint) as household_id,
        cast(store_id as bigint) as store_id,

        -- measures
        cast(quantity as bigint) as quantity,
        {{ money('sales_value') }} as sales_revenue,
        {{ money('retail_disc') }} as loyalty_discount,
        {{ money('coupon_match_disc') }} as coupon_match_discount,
        {{ money('coupon_disc') }} as coupon_discount,

        -- dates and times
        cast(transaction_timestamp as timestamp) as ordered_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
