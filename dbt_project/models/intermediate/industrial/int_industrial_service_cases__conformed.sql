{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_service_cases__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

service_cases as (

    select
        case_id,
        account_id,
        order_id,
        opportunity_id,
        product_family,
        case_kind,
        handling_cost,
        {{ business_date('opened_at_utc', "'" ~ var('industrial_time_zone') ~ "'") }}
            as opened_date,
        opened_at_utc,
        first_reply_at_utc
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'service_cases.case_id') }} as case_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        case
            when service_cases.order_id is not null
                then {{ unit_id('industrial', 'service_cases.order_id') }}
        end as order_id,
        case
            when service_cases.opportunity_id is not null
                then {{ unit_id('industrial', 'service_cases.opportunity_id') }}
        end as project_id,
        service_cases.product_family,
        service_cases.case_kind,
        service_cases.handling_cost,
        {{ hours_between('service_cases.opened_at_utc', 'service_cases.first_reply_at_utc') }}
            as first_reply_hours,
        service_cases.opened_date,
        service_cases.opened_at_utc
    from service_cases
    left join accounts
        on service_cases.account_id = accounts.account_id

)

select * from final
