{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_activities__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

activities as (

    select
        activity_id,
        account_id,
        contact_id,
        employee_id,
        opportunity_id,
        product_family,
        channel,
        direction,
        subject_kind,
        {{ business_date('occurred_at_utc', "'" ~ var('industrial_time_zone') ~ "'") }}
            as touched_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'activities.activity_id') }} as touch_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        activities.contact_id,
        activities.employee_id,
        case
            when activities.opportunity_id is not null
                then {{ unit_id('industrial', 'activities.opportunity_id') }}
        end as project_id,
        activities.product_family,
        activities.channel,
        activities.direction,
        activities.subject_kind,
        activities.touched_date
    from activities
    left join accounts
        on activities.account_id = accounts.account_id

)

select * from final
