with returns as (

    select * from {{ ref('stg_retail__returns') }}

),

redelivered as (

    select * from {{ ref('int_retail_returns__redelivered') }}

),

order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

products as (

    select * from {{ ref('int_products__current') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

retail as (

    select
        {{ unit_id('retail', 'returns.return_id') }} as refund_id,
        {{ unit_id('retail', 'returns.basket_id') }} as order_id,
        'retail' as business_unit,
        cast(returns.product_id as {{ dbt.type_string() }}) as source_product_number,
        returns.returned_quantity,
        returns.refund,
        returns.refunded_at_utc
    from returns
    left join redelivered
        on
            returns.return_id = redelivered.return_id
            and returns._source_file = redelivered._source_file
            and returns._batch_sequence = redelivered._batch_sequence
    where coalesce(redelivered.outcome, 'loaded') = 'loaded'

),

dated as (

    select
        retail.refund_id,
        retail.order_id,
        retail.business_unit,
        retail.source_product_number,
        retail.returned_quantity,
        retail.refund,
        {{ business_date('retail.refunded_at_utc', 'business_units.time_zone') }}
            as refund_date,
        retail.refunded_at_utc
    from retail
    inner join business_units
        on retail.business_unit = business_units.business_unit
    where retail.refunded_at_utc < business_units.as_of_at_utc

),

-- Nothing is refused here: what looks wrong is flagged, and all money stays in the totals.
matched as (

    select
        dated.refund_id,
        dated.order_id,
        coalesce(orders.customer_id, {{ unknown_id('dated.business_unit') }}) as customer_id,
        coalesce(products.product_id, {{ unknown_id('dated.business_unit') }}) as product_id,
        dated.business_unit,
        dated.source_product_number,
        dated.returned_quantity,
        dated.refund,
        order_lines.sales_revenue as line_sales_revenue,
        orders.order_id is null as is_order_unknown,
        order_lines.order_id is null as is_line_unknown,
        coalesce(dated.refund_date < orders.order_date, false) as is_before_order,
        orders.order_date,
        dated.refund_date,
        dated.refunded_at_utc
    from dated
    left join orders
        on dated.order_id = orders.order_id
    left join order_lines
        on
            dated.order_id = order_lines.order_id
            and dated.source_product_number = order_lines.source_product_number
    left join products
        on
            dated.business_unit = products.business_unit
            and dated.source_product_number = products.source_product_number

),

numbered as (

    select
        refund_id,
        row_number() over (
            partition by order_id, source_product_number
            order by refunded_at_utc, refund_id
        ) as refund_number,
        sum(refund) over (
            partition by order_id, source_product_number
            order by refunded_at_utc, refund_id
            rows unbounded preceding
        ) as refund_so_far
    from matched

),

final as (

    select
        matched.refund_id,
        matched.order_id,
        matched.customer_id,
        matched.product_id,
        matched.business_unit,
        matched.source_product_number,
        matched.returned_quantity,
        matched.refund,
        matched.is_order_unknown,
        matched.is_line_unknown,
        matched.is_before_order,
        numbered.refund_number > 1 as is_repeated,
        coalesce(numbered.refund_so_far > matched.line_sales_revenue, false) as is_above_sale,
        matched.order_date,
        matched.refund_date,
        matched.refunded_at_utc
    from matched
    inner join numbered
        on matched.refund_id = numbered.refund_id

)

select * from final
