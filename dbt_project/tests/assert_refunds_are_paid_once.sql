-- Every refund is either in the order it names or on the unknown member, in full.
with refunds as (

    select
        business_unit,
        sum(refund) as total,
        sum(case when is_order_unknown then refund else 0 end) as total_without_order
    from {{ ref('fct_refunds') }}
    group by business_unit

),

orders as (

    select
        business_unit,
        sum(refund) as total
    from {{ ref('fct_orders') }}
    group by business_unit

)

select
    coalesce(refunds.business_unit, orders.business_unit) as business_unit,
    refunds.total as refunds_total,
    refunds.total_without_order,
    orders.total as orders_total
from refunds
full outer join orders
    on refunds.business_unit = orders.business_unit
where
    coalesce(refunds.total, 0)
    is distinct from coalesce(orders.total, 0) + coalesce(refunds.total_without_order, 0)
