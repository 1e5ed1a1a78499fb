{{ config(materialized='view') }}
with basket_lines as (

    select * from {{ ref('stg_retail__order_lines') }}

),

redelivered as (

    select * from {{ ref('int_retail_order_lines__redelivered') }}

),

-- The list price is what was received plus the shop's own discounts. A manufacturer pays its
-- coupons to the shop, so they take nothing away. A basket holds a product once: the product's
-- number is the line's number too.
final as (

    select
        {{ unit_id('retail', 'basket_lines.basket_id') }} as order_id,
        basket_lines.product_id as line_number,
        'retail' as business_unit,
        cast(basket_lines.household_id as {{ dbt.type_string() }}) as source_customer_number,
        cast(basket_lines.product_id as {{ dbt.type_string() }}) as source_product_number,
        {{ unit_id('retail', 'basket_lines.store_id') }} as store_id,
        cast(null as {{ dbt.type_string() }}) as bundle_id,
        '{{ var("retail_reporting_currency") }}' as currency_code,
        cast(null as {{ dbt.type_string() }}) as exclusion_reason,
        basket_lines.quantity,
        {{ money(
            'basket_lines.sales_revenue + basket_lines.loyalty_discount'
            ~ ' + basket_lines.coupon_match_discount'
        ) }} as gross_revenue,
        {{ money('basket_lines.loyalty_discount + basket_lines.coupon_match_discount') }}
            as discount,
        basket_lines.sales_revenue,
        basket_lines.sales_revenue as sales_revenue_source,
        basket_lines.coupon_discount,
        {{ money('null') }} as goods_cost,
        false as is_service,
        basket_lines.ordered_at_utc
    from basket_lines
    left join redelivered
        on
            basket_lines.basket_id = redelivered.basket_id
            and basket_lines.product_id = redelivered.product_id
            and basket_lines._source_file = redelivered._source_file
            and basket_lines._batch_sequence = redelivered._batch_sequence
    where coalesce(redelivered.outcome, 'loaded') = 'loaded'

)

select * from final
