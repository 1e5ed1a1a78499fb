{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_product_families__history') }}

),

final as (

    select
        'industrial' as business_unit,
        family_code as product_family,
        differentiation,
        maturity,
        version_number,
        valid_from_date
    from history
    where {{ was_known() }}

)

select * from final
