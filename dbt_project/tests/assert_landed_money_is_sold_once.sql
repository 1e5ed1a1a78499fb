-- All money of landed lines before the as-of date is in the orders once. Lines that a newer file
-- replaced or repeated do not count.
with business_unit as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'retail'

),

landed as (

    select sum(order_lines.sales_revenue) as total
    from {{ ref('stg_retail__order_lines') }} as order_lines
    cross join business_unit
    where order_lines.ordered_at_utc < business_unit.as_of_at_utc

),

replaced as (

    select sum(order_lines.sales_revenue) as total
    from {{ ref('stg_retail__order_lines') }} as order_lines
    inner join {{ ref('int_retail_order_lines__redelivered') }} as redelivered
        on
            order_lines.basket_id = redelivered.basket_id
            and order_lines.product_id = redelivered.product_id
            and order_lines._source_file = redelivered._source_file
            and order_lines._batch_sequence = redelivered._batch_sequence
    cross join business_unit
    where
        redelivered.outcome <> 'loaded'
        and order_lines.ordered_at_utc < business_unit.as_of_at_utc

),

orders as (

    select sum(sales_revenue) as total
    from {{ ref('fct_orders') }}
    where business_unit = 'retail'

)

select
    landed.total as landed_total,
    replaced.total as replaced_total,
    orders.total as orders_total
from landed
cross join replaced
cross join orders
where
    coalesce(landed.total, 0) - coalesce(replaced.total, 0)
    is distinct from coalesce(orders.total, 0)
