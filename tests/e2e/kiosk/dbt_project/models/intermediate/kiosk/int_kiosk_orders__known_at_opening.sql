with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

business_unit as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'kiosk'

),

-- The till's sales are known as they are made.
final as (

    select
        {{ unit_id('kiosk', 'sales.sale_id') }} as order_id,
        'kiosk' as business_unit,
        sales.card_number as source_customer_number,
        sales.sales_revenue,
        {{ business_date('sales.sold_at_utc', 'business_unit.time_zone') }} as order_date
    from sales
    cross join business_unit
    where sales.sold_at_utc < business_unit.opening_at_utc

)

select * from final
