with source as (

    select * from {{ source('industrial_erp', 'customers') }}

),

renamed as (

    select
        -- keys
        cast(customer_number as {{ dbt.type_string() }}) as customer_number,

        -- attributes
        cast(name as {{ dbt.type_string() }}) as company_name,
        cast(registration_number as {{ dbt.type_string() }}) as registration_number,
        cast(currency_code as {{ dbt.type_string() }}) as currency_code,

        -- flags
        cast(is_test as boolean) as is_test,

        -- dates and times
        cast(created_on as date) as created_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
