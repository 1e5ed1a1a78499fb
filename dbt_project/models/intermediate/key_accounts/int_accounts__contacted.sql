{{ config(materialized='view') }}

with touches as (

    select * from {{ ref('int_account_touches__dated') }}

),

teams as (

    select * from {{ ref('int_account_teams__current') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}
    where not is_unknown

),

rules as (

    select * from {{ ref('account_rules') }}

),

recent as (

    select
        touches.customer_id,
        touches.contact_id,
        count(*) as touches_count
    from touches
    inner join rules
        on touches.business_unit = rules.business_unit
    where
        touches.touched_date
        >= {{ add_days(as_of_date(), '-1 * cast(rules.contact_window_days as integer)') }}
    group by touches.customer_id, touches.contact_id

),

threads as (

    select
        customer_id,
        sum(touches_count) as touches_count,
        count(*) as touched_contacts_count,
        max(touches_count) as top_contact_touches_count
    from recent
    group by customer_id

),

sponsor_touches as (

    select
        teams.customer_id,
        max(touches.touched_date) as last_sponsor_touch_date
    from teams
    inner join touches
        on
            teams.customer_id = touches.customer_id
            and teams.executive_sponsor_id = touches.employee_id
    group by teams.customer_id

),

first_orders as (

    select
        customer_id,
        min(order_date) as first_order_date
    from orders
    group by customer_id

),

-- A sponsor's silence counts from the last touch, but not from before the customer was one.
joined as (

    select
        customers.customer_id,
        customers.business_unit,
        teams.account_manager_id,
        teams.executive_sponsor_id,
        teams.sales_management_id,
        coalesce(threads.touches_count, 0) as touches_count,
        coalesce(threads.touched_contacts_count, 0) as touched_contacts_count,
        {{ ratio('threads.top_contact_touches_count', 'threads.touches_count') }}
            as top_contact_ratio,
        {{ days_between(
            'greatest(coalesce(sponsor_touches.last_sponsor_touch_date,'
            ~ ' first_orders.first_order_date, teams.sponsored_from_date),'
            ~ ' coalesce(first_orders.first_order_date, teams.sponsored_from_date))',
            as_of_date()
        ) }} as sponsor_silence_days,
        rules.least_touches_count,
        rules.single_thread_ratio,
        rules.sponsor_window_days,
        sponsor_touches.last_sponsor_touch_date
    from customers
    inner join rules
        on customers.business_unit = rules.business_unit
    left join teams
        on customers.customer_id = teams.customer_id
    left join threads
        on customers.customer_id = threads.customer_id
    left join sponsor_touches
        on customers.customer_id = sponsor_touches.customer_id
    left join first_orders
        on customers.customer_id = first_orders.customer_id

),

final as (

    select
        customer_id,
        business_unit,
        account_manager_id,
        executive_sponsor_id,
        sales_management_id,
        case
            when touches_count < least_touches_count then 'insufficient data'
            when top_contact_ratio > single_thread_ratio then 'single-threaded'
            else 'several threads'
        end as thread_verdict,
        case
            when executive_sponsor_id is null then 'no sponsor'
            when sponsor_silence_days > sponsor_window_days then 'gap'
            else 'in touch'
        end as sponsor_status,
        cast(touches_count as bigint) as touches_count,
        cast(touched_contacts_count as bigint) as touched_contacts_count,
        top_contact_ratio,
        case when executive_sponsor_id is not null then sponsor_silence_days end
            as sponsor_silence_days,
        last_sponsor_touch_date
    from joined

)

select * from final
