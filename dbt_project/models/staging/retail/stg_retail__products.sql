with source as (

    select * from {{ source('retail_shop', 'products') }}

),

renamed as (

    select
        -- keys
        cast(product_id as bigint) as product_id,
        cast(manufacturer_id as bigint) as manufacturer_id,

        -- attributes
        cast(department as {{ dbt.type_string() }}) as department,
        cast(brand as {{ dbt.type_string() }}) as brand,
        cast(product_category as {{ dbt.type_string() }}) as product_category,
        cast(product_type as {{ dbt.type_string() }}) as product_type,
        cast(package_size as {{ dbt.type_string() }}) as package_size,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
