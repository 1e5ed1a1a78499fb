{{ config(materialized='view') }}
with listed_products as (

    select * from {{ ref('int_retail_products__history') }}

),

-- A product of an older list that came after a newer one was known too, if only for no day: what
-- a list once named must not depend on the order in which the lists came.
final as (

    select
        {{ unit_id('retail', 'product_id') }} as product_id,
        'retail' as business_unit,
        cast(product_id as {{ dbt.type_string() }}) as source_product_number,
        cast(manufacturer_id as {{ dbt.type_string() }}) as source_manufacturer_number,
        department,
        brand,
        product_category,
        product_type,
        package_size,
        cast(null as {{ dbt.type_string() }}) as product_name,
        cast(null as {{ dbt.type_string() }}) as product_name_other,
        cast(null as {{ dbt.type_string() }}) as product_family,
        cast(null as {{ dbt.type_string() }}) as product_kind,
        cast(null as {{ dbt.type_string() }}) as differentiation,
        cast(null as {{ dbt.type_string() }}) as maturity,
        version_number,
        {{ known_end_date() }} as valid_to_date
    from listed_products
    where valid_from_date <= {{ as_of_date() }}

)

select * from final
