with source as (

    select * from {{ source('industrial_erp', 'order_lines') }}

),

renamed as (

    select
        -- keys
        cast(order_id as bigint) as order_id,
        cast(line_number as bigint) as line_number,
        cast(product_id as bigint) as product_id,
        cast(bundle_id as bigint) as bundle_id,

        -- measures
        cast(quantity as bigint) as quantity,
        {{ money('list_price') }} as list_price,
        {{ money('paid_price') }} as paid_price,
        {{ money('unit_cost_cny') }} as unit_cost_cny,

        -- flags
        cast(is_service as boolean) as is_service,

        -- dates and times
        cast(promised_on as date) as promised_date,
        cast(delivered_on as date) as delivered_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
