{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_order_lines__history') }}

),

orders as (

    select * from {{ ref('int_industrial_orders__priced') }}
    where known_date = {{ as_of_date() }}

),

-- Prices and costs are per piece; the order's own day gives the rate of all its lines.
priced as (

    select
        history.order_id,
        history.line_number,
        orders.customer_number,
        history.product_id,
        history.bundle_id,
        orders.currency_code,
        orders.exclusion_reason,
        history.quantity,
        cast(history.list_price as decimal(24, 2)) * cast(history.quantity as decimal(9, 0))
            as gross_source,
        cast(history.paid_price as decimal(24, 2)) * cast(history.quantity as decimal(9, 0))
            as sales_source,
        cast(history.unit_cost_cny as decimal(14, 2)) * cast(history.quantity as decimal(9, 0))
            as goods_cost,
        coalesce(orders.exchange_rate, 0) as exchange_rate,
        history.is_service,
        orders.ordered_at_utc
    from history
    inner join orders
        on history.order_id = orders.order_id
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'order_id') }} as order_id,
        line_number,
        'industrial' as business_unit,
        customer_number as source_customer_number,
        cast(product_id as {{ dbt.type_string() }}) as source_product_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        case when bundle_id is not null then {{ unit_id('industrial', 'bundle_id') }} end
            as bundle_id,
        currency_code,
        exclusion_reason,
        quantity,
        {{ money('gross_source * exchange_rate') }} as gross_revenue,
        {{ money('gross_source * exchange_rate') }}
        - {{ money('sales_source * exchange_rate') }} as discount,
        {{ money('sales_source * exchange_rate') }} as sales_revenue,
        {{ money('sales_source') }} as sales_revenue_source,
        {{ money('0') }} as coupon_discount,
        {{ money('goods_cost') }} as goods_cost,
        is_service,
        ordered_at_utc
    from priced

)

select * from final
