{{ config(materialized='view') }}

with service_cases as (

    {{ of_every_unit('service_cases__conformed', [
        'business_unit',
        'customer_id',
        'case_kind',
        'first_reply_hours',
        'opened_date',
    ], units=var('relationship_units')) }}

),

deliveries as (

    {{ of_every_unit('deliveries__conformed', [
        'order_id',
        'line_number',
        'promised_date',
        'delivered_date',
    ], units=var('relationship_units')) }}

),

order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

purchases as (

    select * from {{ ref('int_purchases__repeated') }}

),

rules as (

    select * from {{ ref('account_rules') }}

),

complaints as (

    select
        service_cases.customer_id,
        count(*) as complaints_count,
        count(service_cases.first_reply_hours) as answered_complaints_count,
        percentile_disc(0.5) within group (order by service_cases.first_reply_hours)
            as median_reply_hours
    from service_cases
    inner join rules
        on service_cases.business_unit = rules.business_unit
    where
        service_cases.case_kind = 'complaint'
        and service_cases.opened_date < {{ as_of_date() }}
        and service_cases.opened_date
        >= {{ add_days(as_of_date(), '-1 * cast(rules.service_window_days as integer)') }}
    group by service_cases.customer_id

),

-- Lines that were due in the window; one that is still missing is late.
due as (

    select
        orders.customer_id,
        count(*) as deliveries_count,
        sum(case when deliveries.delivered_date <= deliveries.promised_date then 1 else 0 end)
            as on_time_deliveries_count
    from order_lines
    inner join orders
        on order_lines.order_id = orders.order_id
    inner join deliveries
        on
            order_lines.order_id = deliveries.order_id
            and order_lines.line_number = deliveries.line_number
    inner join rules
        on orders.business_unit = rules.business_unit
    where
        deliveries.promised_date < {{ as_of_date() }}
        and deliveries.promised_date
        >= {{ add_days(as_of_date(), '-1 * cast(rules.service_window_days as integer)') }}
    group by orders.customer_id

),

repeated as (

    select
        customer_id,
        count(*) as purchases_count,
        sum(case when is_repeated then 1 else 0 end) as repeated_purchases_count
    from purchases
    group by customer_id

),

served as (

    select customer_id from complaints
    union
    select customer_id from due
    union
    select customer_id from repeated

),

final as (

    select
        served.customer_id,
        cast(coalesce(complaints.complaints_count, 0) as bigint) as complaints_count,
        cast(coalesce(complaints.answered_complaints_count, 0) as bigint)
            as answered_complaints_count,
        complaints.median_reply_hours,
        cast(coalesce(due.deliveries_count, 0) as bigint) as deliveries_count,
        cast(coalesce(due.on_time_deliveries_count, 0) as bigint) as on_time_deliveries_count,
        cast(coalesce(repeated.purchases_count, 0) as bigint) as purchases_count,
        cast(coalesce(repeated.repeated_purchases_count, 0) as bigint) as repeated_purchases_count
    from served
    left join complaints
        on served.customer_id = complaints.customer_id
    left join due
        on served.customer_id = due.customer_id
    left join repeated
        on served.customer_id = repeated.customer_id

)

select * from final
