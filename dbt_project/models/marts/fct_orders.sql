with orders as (

    select * from {{ ref('int_orders__assembled') }}

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

order_refunds as (

    select
        order_id,
        sum(refund) as refund
    from refunds
    group by order_id

),

final as (

    select
        orders.order_id,
        orders.customer_id,
        orders.store_id,
        orders.business_unit,
        orders.source_customer_number,
        orders.lines_count,
        cast(orders.items_quantity as bigint) as items_quantity,
        orders.gross_revenue,
        orders.discount,
        orders.sales_revenue,
        {{ money('coalesce(order_refunds.refund, 0)') }} as refund,
        {{ money('orders.sales_revenue - coalesce(order_refunds.refund, 0)') }} as net_revenue,
        orders.coupon_discount,
        {{ money('null') }} as margin,
        'revenue_only' as margin_basis,
        orders.is_customer_unknown,
        orders.is_before_customer_start,
        orders.order_date,
        orders.ordered_at_utc
    from orders
    left join order_refunds
        on orders.order_id = order_refunds.order_id

)

select * from final
