{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_satisfaction_surveys__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

deliveries as (

    select * from {{ ref('int_industrial_deliveries__conformed') }}

),

late_orders as (

    select order_id
    from deliveries
    where delivered_date > promised_date
    group by order_id

),

surveys as (

    select
        survey_id,
        account_id,
        order_id,
        product_id,
        asked_by_id,
        score,
        is_bonus_relevant,
        sent_date,
        answered_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'surveys.survey_id') }} as survey_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        {{ unit_id('industrial', 'surveys.order_id') }} as order_id,
        cast(surveys.product_id as {{ dbt.type_string() }}) as source_product_number,
        surveys.asked_by_id,
        surveys.score,
        surveys.is_bonus_relevant,
        late_orders.order_id is not null as is_delivered_late,
        surveys.sent_date,
        surveys.answered_date
    from surveys
    left join accounts
        on surveys.account_id = accounts.account_id
    left join late_orders
        on {{ unit_id('industrial', 'surveys.order_id') }} = late_orders.order_id

)

select * from final
