-- A customer's months hold all its orders and all its refunds, and nothing else.
with months as (

    select
        customer_id,
        sum(orders_count) as orders_count,
        sum(gross_revenue) as gross_revenue,
        sum(sales_revenue) as sales_revenue,
        sum(coupon_discount) as coupon_discount,
        sum(refund) as refund,
        sum(net_revenue) as net_revenue
    from {{ ref('fct_customer_months') }}
    group by customer_id

),

orders as (

    select
        customer_id,
        count(*) as orders_count,
        sum(gross_revenue) as gross_revenue,
        sum(sales_revenue) as sales_revenue,
        sum(coupon_discount) as coupon_discount
    from {{ ref('fct_orders') }}
    group by customer_id

),

refunds as (

    select
        customer_id,
        sum(refund) as refund
    from {{ ref('fct_refunds') }}
    group by customer_id

),

expected as (

    select
        coalesce(orders.customer_id, refunds.customer_id) as customer_id,
        coalesce(orders.orders_count, 0) as orders_count,
        coalesce(orders.gross_revenue, 0) as gross_revenue,
        coalesce(orders.sales_revenue, 0) as sales_revenue,
        coalesce(orders.coupon_discount, 0) as coupon_discount,
        coalesce(refunds.refund, 0) as refund
    from orders
    full outer join refunds
        on orders.customer_id = refunds.customer_id

)

select
    expected.customer_id,
    months.customer_id as customer_id_of_months,
    expected.sales_revenue,
    months.sales_revenue as sales_revenue_of_months
from expected
full outer join months
    on expected.customer_id = months.customer_id
where
    expected.orders_count is distinct from months.orders_count
    or expected.gross_revenue is distinct from months.gross_revenue
    or expected.sales_revenue is distinct from months.sales_revenue
    or expected.coupon_discount is distinct from months.coupon_discount
    or expected.refund is distinct from months.refund
    or expected.sales_revenue - expected.refund is distinct from months.net_revenue
