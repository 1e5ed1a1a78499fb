with listed_products as (

    select * from {{ ref('int_retail_products__history') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

-- A product of an older list that came after a newer one was known too, if only for no day: what
-- a list once named must not depend on the order in which the lists came.
retail as (

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
        {{ known_end_date() }} as valid_to_date,
        version_number
    from listed_products
    where valid_from_date <= {{ as_of_date() }}

),

newest_versions as (

    select
        product_id,
        max(version_number) as version_number
    from retail
    group by product_id

),

known as (

    select
        retail.product_id,
        retail.business_unit,
        retail.source_product_number,
        retail.source_manufacturer_number,
        retail.department,
        retail.brand,
        retail.product_category,
        retail.product_type,
        retail.package_size,
        false as is_unknown,
        retail.valid_to_date is not null as is_deleted
    from retail
    inner join newest_versions
        on
            retail.product_id = newest_versions.product_id
            and retail.version_number = newest_versions.version_number

),

unknown_members as (

    select
        {{ unknown_id('business_unit') }} as product_id,
        business_unit,
        null as source_product_number,
        null as source_manufacturer_number,
        null as department,
        null as brand,
        null as product_category,
        null as product_type,
        null as package_size,
        true as is_unknown,
        false as is_deleted
    from business_units

),

final as (

    select * from known
    union all
    select * from unknown_members

)

select * from final
