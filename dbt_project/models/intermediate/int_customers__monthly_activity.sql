with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

calendar as (

    select * from {{ ref('int_months__calendar') }}

),

active_months as (

    select
        customer_id,
        {{ month_start('activity_date') }} as month_start_date,
        sum(orders_count) as orders_count,
        sum(purchase_occasions_count) as purchase_occasions_count,
        sum(gross_revenue) as gross_revenue,
        sum(discount) as discount,
        sum(sales_revenue) as sales_revenue,
        sum(coupon_discount) as coupon_discount,
        sum(refund) as refund,
        sum(net_revenue) as net_revenue
    from activity
    group by customer_id, {{ month_start('activity_date') }}

),

first_months as (

    select
        customer_id,
        business_unit,
        {{ month_start('min(activity_date)') }} as month_start_date
    from activity
    group by customer_id, business_unit

),

-- Months without a purchase are rows too: silence is what most questions are about.
all_months as (

    select
        first_months.customer_id,
        first_months.business_unit,
        calendar.month_start_date,
        {{ months_between('first_months.month_start_date', 'calendar.month_start_date') }}
            as months_since_first,
        calendar.next_month_start_date <= {{ as_of_date() }} as is_complete
    from first_months
    inner join calendar
        on first_months.month_start_date <= calendar.month_start_date

),

filled as (

    select
        all_months.customer_id,
        all_months.business_unit,
        all_months.month_start_date,
        all_months.months_since_first,
        all_months.is_complete,
        coalesce(active_months.orders_count, 0) as orders_count,
        coalesce(active_months.purchase_occasions_count, 0) as purchase_occasions_count,
        coalesce(active_months.gross_revenue, 0) as gross_revenue,
        coalesce(active_months.discount, 0) as discount,
        coalesce(active_months.sales_revenue, 0) as sales_revenue,
        coalesce(active_months.coupon_discount, 0) as coupon_discount,
        coalesce(active_months.refund, 0) as refund,
        coalesce(active_months.net_revenue, 0) as net_revenue
    from all_months
    left join active_months
        on
            all_months.customer_id = active_months.customer_id
            and all_months.month_start_date = active_months.month_start_date

),

final as (

    select
        customer_id,
        business_unit,
        month_start_date,
        months_since_first,
        cast(orders_count as bigint) as orders_count,
        cast(purchase_occasions_count as bigint) as purchase_occasions_count,
        {{ money('gross_revenue') }} as gross_revenue,
        {{ money('discount') }} as discount,
        {{ money('sales_revenue') }} as sales_revenue,
        {{ money('refund') }} as refund,
        {{ money('net_revenue') }} as net_revenue,
        {{ money('coupon_discount') }} as coupon_discount,
        cast(sum(orders_count) over (
            partition by customer_id order by month_start_date rows unbounded preceding
        ) as bigint) as cumulative_orders_count,
        {{ money(
            'sum(net_revenue) over ('
            ~ 'partition by customer_id order by month_start_date rows unbounded preceding)'
        ) }} as cumulative_net_revenue,
        orders_count > 0 as is_active,
        is_complete
    from filled

)

select * from final
