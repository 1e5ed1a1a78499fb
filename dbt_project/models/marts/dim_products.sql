with products as (

    select * from {{ ref('int_products__current') }}

),

final as (

    select
        product_id,
        business_unit,
        source_product_number,
        source_manufacturer_number,
        department,
        brand,
        product_category,
        product_type,
        package_size,
        product_name,
        product_name_other,
        product_family,
        product_kind,
        differentiation,
        maturity,
        is_unknown,
        is_deleted
    from products

)

select * from final
