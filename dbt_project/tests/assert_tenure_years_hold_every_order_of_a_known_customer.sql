-- The years of tenure hold each customer's orders and money once, to the cent.
with years as (

    select
        customer_id,
        sum(orders_count) as orders_count,
        sum(net_revenue) as net_revenue
    from {{ ref('int_customers__tenure_years') }}
    group by customer_id

),

orders as (

    select
        customer_id,
        count(*) as orders_count,
        sum(net_revenue) as net_revenue
    from {{ ref('fct_orders') }}
    where not is_customer_unknown
    group by customer_id

)

select
    orders.customer_id,
    years.customer_id as years_customer_id
from orders
full outer join years
    on orders.customer_id = years.customer_id
where
    orders.orders_count is distinct from years.orders_count
    or orders.net_revenue is distinct from years.net_revenue
