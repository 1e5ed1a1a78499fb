with order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

products as (

    select * from {{ ref('int_products__current') }}

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

line_refunds as (

    select
        order_id,
        line_number,
        sum(returned_quantity) as returned_quantity,
        sum(refund) as refund,
        sum(refund_source) as refund_source
    from refunds
    group by order_id, line_number

),

-- The order says who bought and when, so that a line never disagrees with its order.
final as (

    select
        order_lines.order_id,
        order_lines.line_number,
        orders.customer_id,
        coalesce(products.product_id, {{ unknown_id('order_lines.business_unit') }})
            as product_id,
        order_lines.business_unit,
        order_lines.source_product_number,
        order_lines.bundle_id,
        order_lines.currency_code,
        order_lines.quantity,
        {{ per_part('order_lines.gross_revenue', 'order_lines.quantity', 4) }} as unit_list_price,
        {{ per_part('order_lines.sales_revenue', 'order_lines.quantity', 4) }} as unit_paid_price,
        order_lines.gross_revenue,
        order_lines.discount,
        order_lines.sales_revenue,
        cast(coalesce(line_refunds.returned_quantity, 0) as bigint) as returned_quantity,
        {{ money('coalesce(line_refunds.refund, 0)') }} as refund,
        {{ money('order_lines.sales_revenue - coalesce(line_refunds.refund, 0)') }}
            as net_revenue,
        {{ money('order_lines.sales_revenue_source - coalesce(line_refunds.refund_source, 0)') }}
            as net_revenue_source,
        order_lines.coupon_discount,
        {{ money(
            'order_lines.sales_revenue - coalesce(line_refunds.refund, 0) - order_lines.goods_cost'
        ) }} as margin,
        case when order_lines.goods_cost is null then 'revenue_only' else 'full' end
            as margin_basis,
        order_lines.is_service,
        products.product_id is null as is_product_unknown,
        orders.order_date,
        order_lines.ordered_at_utc
    from order_lines
    inner join orders
        on order_lines.order_id = orders.order_id
    left join products
        on
            order_lines.business_unit = products.business_unit
            and order_lines.source_product_number = products.source_product_number
    left join line_refunds
        on
            order_lines.order_id = line_refunds.order_id
            and order_lines.line_number = line_refunds.line_number

)

select * from final
