with order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

orders as (

    select
        order_id,
        business_unit,
        min(source_customer_number) as source_customer_number,
        min(store_id) as store_id,
        count(*) as lines_count,
        sum(quantity) as items_quantity,
        {{ money('sum(gross_revenue)') }} as gross_revenue,
        {{ money('sum(discount)') }} as discount,
        {{ money('sum(sales_revenue)') }} as sales_revenue,
        {{ money('sum(coupon_discount)') }} as coupon_discount,
        min(order_date) as order_date,
        min(ordered_at_utc) as ordered_at_utc
    from order_lines
    group by order_id, business_unit

),

-- An order whose customer the source does not know yet waits on the unknown member.
final as (

    select
        orders.order_id,
        coalesce(customers.customer_id, {{ unknown_id('orders.business_unit') }}) as customer_id,
        orders.business_unit,
        orders.source_customer_number,
        orders.store_id,
        orders.lines_count,
        orders.items_quantity,
        orders.gross_revenue,
        orders.discount,
        orders.sales_revenue,
        orders.coupon_discount,
        customers.customer_id is null as is_customer_unknown,
        coalesce(orders.order_date < customers.customer_since_date, false)
            as is_before_customer_start,
        orders.order_date,
        orders.ordered_at_utc
    from orders
    left join customers
        on
            orders.business_unit = customers.business_unit
            and orders.source_customer_number = customers.source_customer_number

)

select * from final
