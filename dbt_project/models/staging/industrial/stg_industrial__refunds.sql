with source as (

    select * from {{ source('industrial_erp', 'refunds') }}

),

renamed as (

    select
        -- keys
        cast(refund_id as bigint) as refund_id,
        cast(order_id as bigint) as order_id,

        -- attributes
        cast(reason as {{ dbt.type_string() }}) as refund_reason,

        -- measures
        cast(line_number as bigint) as line_number,
        cast(quantity as bigint) as returned_quantity,
        {{ money('refund_amount') }} as refund_amount,

        -- dates and times
        {{ utc_timestamp('refunded_at') }} as refunded_at_utc,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
