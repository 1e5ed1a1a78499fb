{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_refunds__history') }}

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
        {{ unit_id('industrial', 'history.order_id') }} as order_id,
        'industrial' as business_unit,
        {{ money('cast(history.refund_amount as decimal(24, 2)) * orders.exchange_rate') }}
            as refund,
        {{ business_date('history.refunded_at_utc', 'business_unit.time_zone') }} as refund_date
    from history
    inner join orders
        on history.order_id = orders.order_id
    cross join business_unit
    where
        {{ was_known(opening_date()) }}
        and {{ known_end_date(opening_date()) }} is null
        and orders.exclusion_reason is null
        and history.refunded_at_utc < business_unit.opening_at_utc

)

select * from final
