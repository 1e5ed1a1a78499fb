-- Every line stands in exactly one order, and each order is the sum of its lines. A refund of a
-- product that the order has no line of stands with the order alone.
with order_lines as (

    select
        order_id,
        count(*) as lines_count,
        sum(quantity) as items_quantity,
        sum(gross_revenue) as gross_revenue,
        sum(discount) as discount,
        sum(sales_revenue) as sales_revenue,
        sum(coupon_discount) as coupon_discount,
        sum(refund) as refund,
        min(customer_id) as first_customer_id,
        max(customer_id) as last_customer_id
    from {{ ref('fct_order_lines') }}
    group by order_id

),

refunds_without_line as (

    select
        order_id,
        sum(refund) as refund
    from {{ ref('fct_refunds') }}
    where is_line_unknown and not is_order_unknown
    group by order_id

),

orders as (

    select * from {{ ref('fct_orders') }}

)

select
    orders.order_id,
    order_lines.order_id as order_id_of_lines,
    orders.sales_revenue,
    order_lines.sales_revenue as sales_revenue_of_lines
from orders
full outer join order_lines
    on orders.order_id = order_lines.order_id
left join refunds_without_line
    on orders.order_id = refunds_without_line.order_id
where
    orders.lines_count is distinct from order_lines.lines_count
    or orders.items_quantity is distinct from order_lines.items_quantity
    or orders.gross_revenue is distinct from order_lines.gross_revenue
    or orders.discount is distinct from order_lines.discount
    or orders.sales_revenue is distinct from order_lines.sales_revenue
    or orders.coupon_discount is distinct from order_lines.coupon_discount
    or orders.refund is distinct from (
        order_lines.refund + coalesce(refunds_without_line.refund, 0)
    )
    or orders.customer_id is distinct from order_lines.first_customer_id
    or orders.customer_id is distinct from order_lines.last_customer_id
