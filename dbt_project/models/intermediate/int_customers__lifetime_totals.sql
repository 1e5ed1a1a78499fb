with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

starts as (

    select
        customer_id,
        coalesce(
            min(case when orders_count > 0 then activity_date end),
            min(activity_date)
        ) as start_date
    from activity
    group by customer_id

),

aged as (

    select
        activity.customer_id,
        activity.business_unit,
        activity.activity_date,
        activity.orders_count,
        activity.purchase_occasions_count,
        activity.gross_revenue,
        activity.discount,
        activity.sales_revenue,
        activity.coupon_discount,
        activity.refund,
        activity.net_revenue,
        {{ days_between('starts.start_date', 'activity.activity_date') }} as age_days
    from activity
    inner join starts
        on activity.customer_id = starts.customer_id

),

-- The factor is cut to twelve decimals before it meets money, so that sums do not depend on the
-- order of addition.
discounted as (

    select
        customer_id,
        business_unit,
        activity_date,
        orders_count,
        purchase_occasions_count,
        gross_revenue,
        discount,
        sales_revenue,
        coupon_discount,
        refund,
        net_revenue,
        cast(net_revenue as decimal(24, 2)) * cast(
            power(1 + {{ var('annual_discount_rate') }}, -age_days / 365.0) as decimal(18, 12)
        ) as discounted_net_revenue
    from aged

),

summed as (

    select
        customer_id,
        business_unit,
        cast(sum(orders_count) as bigint) as orders_count,
        cast(sum(purchase_occasions_count) as bigint) as purchase_occasions_count,
        {{ money('sum(gross_revenue)') }} as gross_revenue,
        {{ money('sum(discount)') }} as discount,
        {{ money('sum(sales_revenue)') }} as sales_revenue,
        {{ money('sum(refund)') }} as refund,
        {{ money('sum(net_revenue)') }} as net_revenue,
        {{ money('sum(coupon_discount)') }} as coupon_discount,
        {{ money('sum(discounted_net_revenue)') }} as discounted_net_revenue,
        min(case when orders_count > 0 then activity_date end) as first_order_date,
        max(case when orders_count > 0 then activity_date end) as last_order_date
    from discounted
    group by customer_id, business_unit

),

final as (

    select
        customer_id,
        business_unit,
        orders_count,
        purchase_occasions_count,
        gross_revenue,
        discount,
        sales_revenue,
        refund,
        net_revenue,
        coupon_discount,
        discounted_net_revenue,
        {{ days_between('first_order_date', as_of_date()) }} as tenure_days,
        first_order_date,
        last_order_date
    from summed

)

select * from final
