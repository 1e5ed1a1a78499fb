{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_competitor_products_in_use__history') }}

),

competitors_history as (

    select * from {{ ref('int_industrial_competitors__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

products_in_use as (

    select
        usage_id,
        account_id,
        competitor_id,
        sales_representative_id,
        product_family,
        satisfaction_score,
        recorded_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

competitors as (

    select
        competitor_id,
        competitor_name,
        competitor_name_other
    from competitors_history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'products_in_use.usage_id') }} as usage_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        {{ unit_id('industrial', 'products_in_use.competitor_id') }} as competitor_id,
        competitors.competitor_name,
        competitors.competitor_name_other,
        products_in_use.sales_representative_id,
        products_in_use.product_family,
        products_in_use.satisfaction_score,
        products_in_use.recorded_date
    from products_in_use
    left join competitors
        on products_in_use.competitor_id = competitors.competitor_id
    left join accounts
        on products_in_use.account_id = accounts.account_id

)

select * from final
