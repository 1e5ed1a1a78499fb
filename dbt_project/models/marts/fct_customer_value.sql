with totals as (

    select * from {{ ref('int_customers__lifetime_totals') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

final as (

    select
        totals.customer_id,
        totals.business_unit,
        totals.orders_count,
        totals.purchase_occasions_count,
        totals.gross_revenue,
        totals.discount,
        totals.sales_revenue,
        totals.refund,
        totals.net_revenue,
        totals.coupon_discount,
        totals.discounted_net_revenue,
        cast({{ var('annual_discount_rate') }} as decimal(6, 4)) as annual_discount_ratio,
        {{ money('null') }} as margin,
        'revenue_only' as margin_basis,
        totals.tenure_days,
        customers.is_unknown,
        totals.first_order_date,
        totals.last_order_date,
        {{ as_of_date() }} as as_of_date
    from totals
    inner join customers
        on totals.customer_id = customers.customer_id

)

select * from final
