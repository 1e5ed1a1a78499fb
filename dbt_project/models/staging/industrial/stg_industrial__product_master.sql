with source as (

    select * from {{ source('industrial_files', 'product_master') }}

),

renamed as (

    select
        -- keys
        cast(product_id as bigint) as product_id,

        -- attributes
        cast(family_code as {{ dbt.type_string() }}) as family_code,
        cast(name_zh as {{ dbt.type_string() }}) as product_name,
        cast(name_en as {{ dbt.type_string() }}) as product_name_other,
        cast(unit_zh as {{ dbt.type_string() }}) as unit_of_measure,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
