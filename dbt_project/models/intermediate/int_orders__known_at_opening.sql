with orders as (

    {{ of_every_unit('orders__known_at_opening', [
        'order_id',
        'business_unit',
        'source_customer_number',
        'sales_revenue',
        'order_date',
    ]) }}

),

customer_keys as (

    select * from {{ ref('int_customer_keys__resolved') }}
    where is_on_orders

),

-- Identities that merge or part change customer_id here, and nothing else.
final as (

    select
        orders.order_id,
        coalesce(customer_keys.customer_id_at_opening, {{ unknown_id('orders.business_unit') }})
            as customer_id_at_opening,
        coalesce(customer_keys.customer_id, {{ unknown_id('orders.business_unit') }})
            as customer_id,
        orders.business_unit,
        orders.sales_revenue,
        orders.order_date
    from orders
    left join customer_keys
        on
            orders.business_unit = customer_keys.business_unit
            and orders.source_customer_number = customer_keys.source_key

)

select * from final
