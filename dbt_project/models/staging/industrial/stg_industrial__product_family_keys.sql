with source as (

    select * from {{ source('industrial_files', 'product_families__keys') }}

),

renamed as (

    select
        -- keys
        cast(family_code as {{ dbt.type_string() }}) as family_code,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
