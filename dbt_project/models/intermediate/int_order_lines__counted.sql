with order_lines as (

    {{ of_every_unit('order_lines__conformed', [
        'order_id',
        'line_number',
        'business_unit',
        'source_customer_number',
        'source_product_number',
        'store_id',
        'bundle_id',
        'currency_code',
        'quantity',
        'gross_revenue',
        'discount',
        'sales_revenue',
        'sales_revenue_source',
        'coupon_discount',
        'goods_cost',
        'is_service',
        'ordered_at_utc',
        'exclusion_reason',
    ]) }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

-- A line counts by its own time, however late its file came.
final as (

    select
        order_lines.order_id,
        order_lines.line_number,
        order_lines.business_unit,
        order_lines.source_customer_number,
        order_lines.source_product_number,
        order_lines.store_id,
        order_lines.bundle_id,
        order_lines.currency_code,
        order_lines.quantity,
        order_lines.gross_revenue,
        order_lines.discount,
        order_lines.sales_revenue,
        order_lines.sales_revenue_source,
        order_lines.coupon_discount,
        order_lines.goods_cost,
        order_lines.is_service,
        order_lines.ordered_at_utc
    from order_lines
    inner join business_units
        on order_lines.business_unit = business_units.business_unit
    where
        order_lines.ordered_at_utc < business_units.as_of_at_utc
        and order_lines.exclusion_reason is null

)

select * from final
