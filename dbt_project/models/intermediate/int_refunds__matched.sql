with refunds as (

    {{ of_every_unit('refunds__conformed', [
        'refund_id',
        'order_id',
        'line_number',
        'business_unit',
        'source_product_number',
        'currency_code',
        'refund_reason',
        'returned_quantity',
        'refund',
        'refund_source',
        'refunded_at_utc',
        'exclusion_reason',
    ]) }}

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

dated as (

    select
        refunds.refund_id,
        refunds.order_id,
        refunds.line_number,
        refunds.business_unit,
        refunds.source_product_number,
        refunds.currency_code,
        refunds.refund_reason,
        refunds.returned_quantity,
        refunds.refund,
        refunds.refund_source,
        {{ business_date('refunds.refunded_at_utc', 'business_units.time_zone') }}
            as refund_date,
        refunds.refunded_at_utc
    from refunds
    inner join business_units
        on refunds.business_unit = business_units.business_unit
    where
        refunds.refunded_at_utc < business_units.as_of_at_utc
        and refunds.exclusion_reason is null

),

-- Nothing is refused here: what looks wrong is flagged, and all money stays in the totals.
matched as (

    select
        dated.refund_id,
        dated.order_id,
        dated.line_number,
        coalesce(orders.customer_id, {{ unknown_id('dated.business_unit') }}) as customer_id,
        coalesce(products.product_id, {{ unknown_id('dated.business_unit') }}) as product_id,
        dated.business_unit,
        dated.source_product_number,
        dated.currency_code,
        dated.refund_reason,
        dated.returned_quantity,
        dated.refund,
        dated.refund_source,
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
            and dated.line_number = order_lines.line_number
    left join products
        on
            dated.business_unit = products.business_unit
            and dated.source_product_number = products.source_product_number

),

numbered as (

    select
        refund_id,
        row_number() over (
            partition by order_id, line_number
            order by refunded_at_utc, refund_id
        ) as refund_number,
        sum(refund) over (
            partition by order_id, line_number
            order by refunded_at_utc, refund_id
            rows unbounded preceding
        ) as refund_so_far
    from matched

),

final as (

    select
        matched.refund_id,
        matched.order_id,
        matched.line_number,
        matched.customer_id,
        matched.product_id,
        matched.business_unit,
        matched.source_product_number,
        matched.currency_code,
        matched.refund_reason,
        matched.returned_quantity,
        matched.refund,
        matched.refund_source,
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
