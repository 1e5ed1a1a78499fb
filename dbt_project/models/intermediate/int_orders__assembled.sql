with order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

customer_keys as (

    select * from {{ ref('int_customer_keys__resolved') }}
    where
        is_on_orders
        and customer_id <> {{ unknown_id('business_unit') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

-- One line without a cost leaves the order without one: part of a cost is no cost.
orders as (

    select
        order_id,
        business_unit,
        min(source_customer_number) as source_customer_number,
        min(store_id) as store_id,
        min(currency_code) as currency_code,
        count(*) as lines_count,
        sum(quantity) as items_quantity,
        {{ money('sum(gross_revenue)') }} as gross_revenue,
        {{ money('sum(discount)') }} as discount,
        {{ money('sum(sales_revenue)') }} as sales_revenue,
        {{ money('sum(sales_revenue_source)') }} as sales_revenue_source,
        {{ money('sum(coupon_discount)') }} as coupon_discount,
        {{ money('case when count(goods_cost) = count(*) then sum(goods_cost) end') }}
            as goods_cost,
        count(bundle_id) > 0 as has_bundle,
        count(case when is_service then 1 end) > 0 as has_service,
        min(ordered_at_utc) as ordered_at_utc
    from order_lines
    group by order_id, business_unit

),

dated as (

    select
        orders.order_id,
        orders.business_unit,
        orders.source_customer_number,
        orders.store_id,
        orders.currency_code,
        orders.lines_count,
        orders.items_quantity,
        orders.gross_revenue,
        orders.discount,
        orders.sales_revenue,
        orders.sales_revenue_source,
        orders.coupon_discount,
        orders.goods_cost,
        orders.has_bundle,
        orders.has_service,
        {{ business_date('orders.ordered_at_utc', 'business_units.time_zone') }} as order_date,
        orders.ordered_at_utc
    from orders
    inner join business_units
        on orders.business_unit = business_units.business_unit

),

-- An order whose customer the source does not know yet waits on the unknown member.
final as (

    select
        dated.order_id,
        coalesce(customers.customer_id, {{ unknown_id('dated.business_unit') }}) as customer_id,
        dated.business_unit,
        dated.source_customer_number,
        dated.store_id,
        dated.currency_code,
        dated.lines_count,
        dated.items_quantity,
        dated.gross_revenue,
        dated.discount,
        dated.sales_revenue,
        dated.sales_revenue_source,
        dated.coupon_discount,
        dated.goods_cost,
        dated.has_bundle,
        dated.has_service,
        customers.customer_id is null as is_customer_unknown,
        coalesce(dated.order_date < customers.customer_since_date, false)
            as is_before_customer_start,
        dated.order_date,
        dated.ordered_at_utc
    from dated
    left join customer_keys
        on
            dated.business_unit = customer_keys.business_unit
            and dated.source_customer_number = customer_keys.source_key
    left join customers
        on customer_keys.customer_id = customers.customer_id

)

select * from final
