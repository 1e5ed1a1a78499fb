{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_order_lines__history') }}

),

orders as (

    select * from {{ ref('int_industrial_orders__priced') }}
    where known_date = {{ opening_date() }}

),

business_unit as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'industrial'

),

final as (

    select
        {{ unit_id('industrial', 'orders.order_id') }} as order_id,
        'industrial' as business_unit,
        orders.customer_number as source_customer_number,
        {{ money('sum(' ~ money(
            'cast(history.paid_price as decimal(24, 2))'
            ~ ' * cast(history.quantity as decimal(9, 0)) * orders.exchange_rate'
        ) ~ ')') }} as sales_revenue,
        orders.order_date
    from history
    inner join orders
        on history.order_id = orders.order_id
    cross join business_unit
    where
        {{ was_known(opening_date()) }}
        and {{ known_end_date(opening_date()) }} is null
        and orders.exclusion_reason is null
        and orders.ordered_at_utc < business_unit.opening_at_utc
    group by orders.order_id, orders.customer_number, orders.order_date

)

select * from final
