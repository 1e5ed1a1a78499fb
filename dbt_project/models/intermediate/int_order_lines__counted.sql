with basket_lines as (

    select * from {{ ref('stg_retail__order_lines') }}

),

redelivered as (

    select * from {{ ref('int_retail_order_lines__redelivered') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

-- The list price is what was received plus the shop's own discounts. A manufacturer pays its
-- coupons to the shop, so they take nothing away.
retail as (

    select
        {{ unit_id('retail', 'basket_lines.basket_id') }} as order_id,
        'retail' as business_unit,
        cast(basket_lines.household_id as {{ dbt.type_string() }}) as source_customer_number,
        cast(basket_lines.product_id as {{ dbt.type_string() }}) as source_product_number,
        {{ unit_id('retail', 'basket_lines.store_id') }} as store_id,
        basket_lines.quantity,
        {{ money(
            'basket_lines.sales_revenue + basket_lines.loyalty_discount'
            ~ ' + basket_lines.coupon_match_discount'
        ) }} as gross_revenue,
        {{ money('basket_lines.loyalty_discount + basket_lines.coupon_match_discount') }}
            as discount,
        basket_lines.sales_revenue,
        basket_lines.coupon_discount,
        basket_lines.ordered_at_utc
    from basket_lines
    left join redelivered
        on
            basket_lines.basket_id = redelivered.basket_id
            and basket_lines.product_id = redelivered.product_id
            and basket_lines._source_file = redelivered._source_file
            and basket_lines._batch_sequence = redelivered._batch_sequence
    where coalesce(redelivered.outcome, 'loaded') = 'loaded'

),

-- A line counts by its own time, however late its file came.
final as (

    select
        retail.order_id,
        retail.business_unit,
        retail.source_customer_number,
        retail.source_product_number,
        retail.store_id,
        retail.quantity,
        retail.gross_revenue,
        retail.discount,
        retail.sales_revenue,
        retail.coupon_discount,
        retail.ordered_at_utc
    from retail
    inner join business_units
        on retail.business_unit = business_units.business_unit
    where retail.ordered_at_utc < business_units.as_of_at_utc

)

select * from final
