with source as (

    select * from {{ source('industrial_erp', 'orders') }}

),

renamed as (

    select
        -- keys
        cast(order_id as bigint) as order_id,
        cast(opportunity_id as bigint) as opportunity_id,

        -- attributes
        cast(customer_number as {{ dbt.type_string() }}) as customer_number,
        cast(currency_code as {{ dbt.type_string() }}) as currency_code,
        cast(status as {{ dbt.type_string() }}) as status,

        -- dates and times
        {{ utc_timestamp('ordered_at') }} as ordered_at_utc,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
