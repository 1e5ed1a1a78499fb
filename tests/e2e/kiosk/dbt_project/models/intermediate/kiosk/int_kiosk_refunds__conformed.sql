with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

-- The kiosk takes nothing back.
final as (

    select
        {{ unit_id('kiosk', 'sale_id') }} as refund_id,
        {{ unit_id('kiosk', 'sale_id') }} as order_id,
        1 as line_number,
        'kiosk' as business_unit,
        article as source_product_number,
        '{{ var("kiosk_reporting_currency") }}' as currency_code,
        cast(null as {{ dbt.type_string() }}) as refund_reason,
        1 as returned_quantity,
        sales_revenue as refund,
        sales_revenue as refund_source,
        sold_at_utc as refunded_at_utc,
        cast(null as {{ dbt.type_string() }}) as exclusion_reason
    from sales
    where false

)

select * from final
