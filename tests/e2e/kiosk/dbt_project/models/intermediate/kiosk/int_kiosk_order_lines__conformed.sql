with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

final as (

    select
        {{ unit_id('kiosk', 'sale_id') }} as order_id,
        1 as line_number,
        'kiosk' as business_unit,
        card_number as source_customer_number,
        article as source_product_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        cast(null as {{ dbt.type_string() }}) as bundle_id,
        '{{ var("kiosk_reporting_currency") }}' as currency_code,
        1 as quantity,
        sales_revenue as gross_revenue,
        {{ money('0') }} as discount,
        sales_revenue,
        sales_revenue as sales_revenue_source,
        {{ money('0') }} as coupon_discount,
        {{ money('null') }} as goods_cost,
        false as is_service,
        sold_at_utc as ordered_at_utc,
        cast(null as {{ dbt.type_string() }}) as exclusion_reason
    from sales

)

select * from final
