{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_products__history') }}

),

master_history as (

    select * from {{ ref('int_industrial_product_master__history') }}

),

families_history as (

    select * from {{ ref('int_industrial_product_families__history') }}

),

names as (

    select
        product_id,
        product_name,
        product_name_other,
        row_number() over (partition by product_id order by version_number desc) as newest_first
    from master_history
    where {{ was_known() }}

),

families as (

    select
        family_code,
        differentiation,
        maturity,
        row_number() over (partition by family_code order by version_number desc) as newest_first
    from families_history
    where {{ was_known() }}

),

final as (

    select
        {{ unit_id('industrial', 'history.product_id') }} as product_id,
        'industrial' as business_unit,
        cast(history.product_id as {{ dbt.type_string() }}) as source_product_number,
        cast(null as {{ dbt.type_string() }}) as source_manufacturer_number,
        cast(null as {{ dbt.type_string() }}) as department,
        cast(null as {{ dbt.type_string() }}) as brand,
        cast(null as {{ dbt.type_string() }}) as product_category,
        cast(null as {{ dbt.type_string() }}) as product_type,
        cast(null as {{ dbt.type_string() }}) as package_size,
        names.product_name,
        names.product_name_other,
        history.product_family,
        history.product_kind,
        coalesce(
            families.differentiation,
            case when history.is_distinct then 'distinct' else 'similar' end
        ) as differentiation,
        coalesce(families.maturity, history.maturity) as maturity,
        history.version_number,
        {{ known_end_date() }} as valid_to_date
    from history
    left join names
        on
            history.product_id = names.product_id
            and names.newest_first = 1
    left join families
        on
            history.product_family = families.family_code
            and families.newest_first = 1
    where {{ was_known() }}

)

select * from final
