-- A line happened when its order did, and names the product that carries its source number.
with order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

orders as (

    select * from {{ ref('fct_orders') }}

),

products as (

    select * from {{ ref('dim_products') }}

)

select
    order_lines.order_id,
    order_lines.source_product_number,
    order_lines.order_date,
    orders.order_date as order_date_of_order,
    order_lines.product_id,
    products.source_product_number as source_product_number_of_product
from order_lines
inner join orders
    on order_lines.order_id = orders.order_id
inner join products
    on order_lines.product_id = products.product_id
where
    order_lines.order_date <> orders.order_date
    or order_lines.ordered_at_utc <> orders.ordered_at_utc
    or order_lines.is_product_unknown <> products.is_unknown
    or (
        not products.is_unknown
        and order_lines.source_product_number <> products.source_product_number
    )
