with orders as (

    select * from {{ ref('int_orders__assembled') }}

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

order_refunds as (

    select
        order_id,
        sum(refund) as refund,
        sum(refund_source) as refund_source
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
        orders.currency_code,
        orders.lines_count,
        cast(orders.items_quantity as bigint) as items_quantity,
        orders.gross_revenue,
        orders.discount,
        orders.sales_revenue,
        {{ money('coalesce(order_refunds.refund, 0)') }} as refund,
        {{ money('orders.sales_revenue - coalesce(order_refunds.refund, 0)') }} as net_revenue,
        {{ money('orders.sales_revenue_source - coalesce(order_refunds.refund_source, 0)') }}
            as net_revenue_source,
        orders.coupon_discount,
        {{ money('orders.sales_revenue - coalesce(order_refunds.refund, 0) - orders.goods_cost') }}
            as margin,
        case when orders.goods_cost is null then 'revenue_only' else 'full' end as margin_basis,
        orders.has_bundle,
        orders.has_service,
        orders.is_customer_unknown,
        orders.is_before_customer_start,
        orders.order_date,
        orders.ordered_at_utc
    from orders
    left join order_refunds
        on orders.order_id = order_refunds.order_id

)

select * from final
