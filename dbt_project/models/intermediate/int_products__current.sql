with products as (

    {{ of_every_unit('products__conformed', [
        'product_id',
        'business_unit',
        'source_product_number',
        'source_manufacturer_number',
        'department',
        'brand',
        'product_category',
        'product_type',
        'package_size',
        'product_name',
        'product_name_other',
        'product_family',
        'product_kind',
        'differentiation',
        'maturity',
        'version_number',
        'valid_to_date',
    ]) }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

newest_versions as (

    select
        product_id,
        max(version_number) as version_number
    from products
    group by product_id

),

known as (

    select
        products.product_id,
        products.business_unit,
        products.source_product_number,
        products.source_manufacturer_number,
        products.department,
        products.brand,
        products.product_category,
        products.product_type,
        products.package_size,
        products.product_name,
        products.product_name_other,
        products.product_family,
        products.product_kind,
        products.differentiation,
        products.maturity,
        false as is_unknown,
        products.valid_to_date is not null as is_deleted
    from products
    inner join newest_versions
        on
            products.product_id = newest_versions.product_id
            and products.version_number = newest_versions.version_number

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
        null as product_name,
        null as product_name_other,
        null as product_family,
        null as product_kind,
        null as differentiation,
        null as maturity,
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
