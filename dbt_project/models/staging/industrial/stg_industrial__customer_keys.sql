with source as (

    select * from {{ source('industrial_erp', 'customers__keys') }}

),

renamed as (

    select
        -- keys
        cast(customer_number as {{ dbt.type_string() }}) as customer_number,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
