{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_refunds__history') }}

),

orders as (

    select * from {{ ref('int_industrial_orders__priced') }}
    where known_date = {{ as_of_date() }}

),

order_lines as (

    select * from {{ ref('int_industrial_order_lines__conformed') }}

),

-- What is given back is worth what it was worth when it was bought: the rate of the order's day.
final as (

    select
        {{ unit_id('industrial', 'history.refund_id') }} as refund_id,
        {{ unit_id('industrial', 'history.order_id') }} as order_id,
        history.line_number,
        'industrial' as business_unit,
        coalesce(order_lines.source_product_number, 'unknown') as source_product_number,
        coalesce(orders.currency_code, '{{ var("industrial_reporting_currency") }}')
            as currency_code,
        history.refund_reason,
        case
            when orders.order_id is null then 'unknown_order'
            else orders.exclusion_reason
        end as exclusion_reason,
        history.returned_quantity,
        {{ money(
            'cast(history.refund_amount as decimal(24, 2)) * coalesce(orders.exchange_rate, 0)'
        ) }} as refund,
        history.refund_amount as refund_source,
        history.refunded_at_utc
    from history
    left join orders
        on history.order_id = orders.order_id
    left join order_lines
        on
            {{ unit_id('industrial', 'history.order_id') }} = order_lines.order_id
            and history.line_number = order_lines.line_number
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

)

select * from final
