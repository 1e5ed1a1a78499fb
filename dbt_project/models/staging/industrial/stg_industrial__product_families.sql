with source as (

    select * from {{ source('industrial_files', 'product_families') }}

),

renamed as (

    select
        -- keys
        cast(family_code as {{ dbt.type_string() }}) as family_code,

        -- attributes
        cast(name_zh as {{ dbt.type_string() }}) as family_name,
        cast(name_en as {{ dbt.type_string() }}) as family_name_other,
        cast(differentiation as {{ dbt.type_string() }}) as differentiation,
        cast(maturity as {{ dbt.type_string() }}) as maturity,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
