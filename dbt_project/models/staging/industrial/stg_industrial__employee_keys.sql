with source as (

    select * from {{ source('industrial_crm', 'employees__keys') }}

),

renamed as (

    select
        -- keys
        cast(employee_id as {{ dbt.type_string() }}) as employee_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
