with source as (

    select * from {{ source('industrial_crm', 'employees') }}

),

renamed as (

    select
        -- keys
        cast(employee_id as {{ dbt.type_string() }}) as employee_id,

        -- attributes
        cast(employee_role as {{ dbt.type_string() }}) as employee_role,

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
