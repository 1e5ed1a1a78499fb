-- Every refund is either in the order it names or on the unknown member, in full.
with refunds as (

    select
        sum(refund) as total,
        sum(case when is_order_unknown then refund else 0 end) as total_without_order
    from {{ ref('fct_refunds') }}

),

orders as (

    select sum(refund) as total
    from {{ ref('fct_orders') }}

)

select
    refunds.total as refunds_total,
    refunds.total_without_order,
    orders.total as orders_total
from refunds
cross join orders
where
    coalesce(refunds.total, 0)
    is distinct from coalesce(orders.total, 0) + coalesce(refunds.total_without_order, 0)
