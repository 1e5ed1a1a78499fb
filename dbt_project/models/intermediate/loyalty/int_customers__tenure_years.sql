with orders as (

    select * from {{ ref('int_orders__assembled') }}
    where not is_customer_unknown

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

service_cases as (

    {{ of_every_unit('service_cases__conformed', [
        'customer_id',
        'handling_cost',
        'opened_date',
    ], units=var('relationship_units')) }}

),

order_refunds as (

    select
        order_id,
        {{ money('sum(refund)') }} as refund
    from refunds
    group by order_id

),

starts as (

    select
        customer_id,
        min(order_date) as first_order_date
    from orders
    group by customer_id

),

placed_orders as (

    select
        orders.customer_id,
        orders.business_unit,
        starts.first_order_date,
        {{ tenure_year('starts.first_order_date', 'orders.order_date') }} as tenure_year,
        orders.gross_revenue,
        orders.sales_revenue,
        orders.sales_revenue - coalesce(order_refunds.refund, 0) as net_revenue,
        orders.goods_cost
    from orders
    inner join starts
        on orders.customer_id = starts.customer_id
    left join order_refunds
        on orders.order_id = order_refunds.order_id

),

order_years as (

    select
        customer_id,
        business_unit,
        first_order_date,
        tenure_year,
        count(*) as orders_count,
        count(goods_cost) as costed_orders_count,
        {{ money('sum(gross_revenue)') }} as gross_revenue,
        {{ money('sum(sales_revenue)') }} as sales_revenue,
        {{ money('sum(net_revenue)') }} as net_revenue,
        {{ money('coalesce(sum(case when goods_cost is not null then net_revenue end), 0)') }}
            as costed_net_revenue,
        {{ money('coalesce(sum(net_revenue - goods_cost), 0)') }} as costed_margin
    from placed_orders
    group by customer_id, business_unit, first_order_date, tenure_year

),

-- Help before the first order belongs to the year it led to.
case_years as (

    select
        service_cases.customer_id,
        {{ tenure_year(
            'starts.first_order_date',
            'greatest(service_cases.opened_date, starts.first_order_date)',
        ) }} as tenure_year,
        {{ money('sum(service_cases.handling_cost)') }} as service_cost
    from service_cases
    inner join starts
        on service_cases.customer_id = starts.customer_id
    where service_cases.opened_date < {{ as_of_date() }}
    group by service_cases.customer_id, tenure_year

),

-- Sent is who came and bought: a name that never ordered is no new customer.
referral_years as (

    select
        referrers.customer_id,
        {{ tenure_year('referrers.first_order_date', 'starts.first_order_date') }}
            as tenure_year,
        count(*) as referrals_count
    from customers
    inner join starts
        on customers.customer_id = starts.customer_id
    inner join starts as referrers
        on customers.referred_by_customer_id = referrers.customer_id
    group by referrers.customer_id, tenure_year

),

final as (

    select
        order_years.customer_id,
        order_years.tenure_year,
        order_years.business_unit,
        order_years.orders_count,
        order_years.costed_orders_count,
        order_years.gross_revenue,
        order_years.sales_revenue,
        order_years.net_revenue,
        order_years.costed_net_revenue,
        order_years.costed_margin,
        case
            when business_units.has_dealings
                then {{ money('coalesce(case_years.service_cost, 0)') }}
        end as service_cost,
        case when business_units.has_dealings then coalesce(referral_years.referrals_count, 0) end
            as referrals_count,
        {{ days_between('order_years.first_order_date', as_of_date()) }}
        >= 365.25 * order_years.tenure_year as is_complete,
        {{ days_between('order_years.first_order_date', as_of_date()) }}
        >= 365.25 * (order_years.tenure_year + 1) as is_followed,
        coalesce(
            lead(order_years.tenure_year) over (
                partition by order_years.customer_id order by order_years.tenure_year
            ) = order_years.tenure_year + 1,
            false
        ) as has_stayed,
        order_years.first_order_date
    from order_years
    inner join business_units
        on order_years.business_unit = business_units.business_unit
    left join case_years
        on
            order_years.customer_id = case_years.customer_id
            and order_years.tenure_year = case_years.tenure_year
    left join referral_years
        on
            order_years.customer_id = referral_years.customer_id
            and order_years.tenure_year = referral_years.tenure_year

)

select * from final
