with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

final as (

    select
        {{ unit_id('kiosk', 'article') }} as product_id,
        'kiosk' as business_unit,
        article as source_product_number,
        {% for unknown in [
            'source_manufacturer_number', 'department', 'brand', 'product_category',
            'product_type', 'package_size', 'product_name', 'product_name_other',
            'product_family', 'product_kind', 'differentiation', 'maturity'
        ] -%}
            cast(null as {{ dbt.type_string() }}) as {{ unknown }},
        {% endfor -%}
        1 as version_number,
        cast(null as date) as valid_to_date
    from sales
    group by article

)

select * from final
