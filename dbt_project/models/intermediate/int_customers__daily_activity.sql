with orders as (

    select * from {{ ref('int_orders__assembled') }}

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

-- A refund counts on its own day (cash view), so that a day once closed does not change.
movements as (

    select
        customer_id,
        business_unit,
        order_date as activity_date,
        1 as orders_count,
        gross_revenue,
        discount,
        sales_revenue,
        coupon_discount,
        {{ money('0') }} as refund
    from orders
    union all
    select
        customer_id,
        business_unit,
        refund_date as activity_date,
        0 as orders_count,
        {{ money('0') }} as gross_revenue,
        {{ money('0') }} as discount,
        {{ money('0') }} as sales_revenue,
        {{ money('0') }} as coupon_discount,
        refund
    from refunds

),

daily as (

    select
        customer_id,
        business_unit,
        activity_date,
        sum(orders_count) as orders_count,
        {{ money('sum(gross_revenue)') }} as gross_revenue,
        {{ money('sum(discount)') }} as discount,
        {{ money('sum(sales_revenue)') }} as sales_revenue,
        {{ money('sum(coupon_discount)') }} as coupon_discount,
        {{ money('sum(refund)') }} as refund
    from movements
    group by customer_id, business_unit, activity_date

),

final as (

    select
        customer_id,
        business_unit,
        activity_date,
        cast(orders_count as bigint) as orders_count,
        case when orders_count > 0 then 1 else 0 end as purchase_occasions_count,
        gross_revenue,
        discount,
        sales_revenue,
        coupon_discount,
        refund,
        {{ money('sales_revenue - refund') }} as net_revenue
    from daily

)

select * from final
