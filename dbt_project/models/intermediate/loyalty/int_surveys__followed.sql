with surveys as (

    {{ of_every_unit('surveys__conformed', [
        'survey_id',
        'business_unit',
        'customer_id',
        'order_id',
        'source_product_number',
        'asked_by_id',
        'score',
        'is_bonus_relevant',
        'is_delivered_late',
        'sent_date',
        'answered_date',
    ], units=var('relationship_units')) }}

),

service_cases as (

    {{ of_every_unit('service_cases__conformed', [
        'order_id',
        'first_reply_hours',
        'opened_date',
    ], units=var('relationship_units')) }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

products as (

    select * from {{ ref('int_products__current') }}

),

rules as (

    select * from {{ ref('survey_rules') }}

),

asked as (

    select
        surveys.survey_id,
        surveys.business_unit,
        surveys.customer_id,
        surveys.order_id,
        surveys.source_product_number,
        surveys.asked_by_id,
        surveys.score,
        surveys.is_bonus_relevant,
        surveys.is_delivered_late,
        surveys.sent_date,
        surveys.answered_date,
        rules.satisfied_score,
        rules.slow_reply_hours,
        {{ add_days('surveys.sent_date', 'rules.repurchase_window_days') }} as last_window_date
    from surveys
    inner join rules
        on surveys.business_unit = rules.business_unit
    where surveys.sent_date < {{ as_of_date() }}

),

-- Bought again is meant of the product that was asked about.
repurchases as (

    select
        asked.survey_id,
        min(orders.order_date) as repurchased_date
    from asked
    inner join order_lines
        on
            asked.business_unit = order_lines.business_unit
            and asked.source_product_number = order_lines.source_product_number
    inner join orders
        on
            order_lines.order_id = orders.order_id
            and asked.customer_id = orders.customer_id
    where
        orders.order_date > asked.sent_date
        and orders.order_date <= asked.last_window_date
    group by asked.survey_id

),

cases_before as (

    select
        asked.survey_id,
        max(
            case
                when service_cases.first_reply_hours <= asked.slow_reply_hours then 0
                else 1
            end
        ) = 1 as has_slow_reply
    from asked
    inner join service_cases
        on asked.order_id = service_cases.order_id
    where service_cases.opened_date < asked.sent_date
    group by asked.survey_id

),

refunds_before as (

    select asked.survey_id
    from asked
    inner join refunds
        on asked.order_id = refunds.order_id
    where refunds.refund_date < asked.sent_date
    group by asked.survey_id

),

final as (

    select
        asked.survey_id,
        asked.business_unit,
        asked.customer_id,
        asked.order_id,
        coalesce(products.product_id, {{ unknown_id('asked.business_unit') }}) as product_id,
        coalesce(products.product_family, 'unknown') as product_family,
        asked.asked_by_id,
        asked.score,
        {{ days_between('orders.order_date', 'asked.sent_date') }} as days_from_purchase,
        asked.score is not null as is_answered,
        coalesce(asked.score >= asked.satisfied_score, false) as is_satisfied,
        asked.is_bonus_relevant,
        asked.last_window_date < {{ as_of_date() }} as is_window_closed,
        repurchases.survey_id is not null as has_repurchased,
        asked.is_delivered_late,
        cases_before.survey_id is not null as has_service_case,
        coalesce(cases_before.has_slow_reply, false) as has_slow_reply,
        refunds_before.survey_id is not null as has_refund,
        asked.sent_date,
        asked.answered_date,
        repurchases.repurchased_date
    from asked
    left join orders
        on asked.order_id = orders.order_id
    left join products
        on
            asked.business_unit = products.business_unit
            and asked.source_product_number = products.source_product_number
    left join repurchases
        on asked.survey_id = repurchases.survey_id
    left join cases_before
        on asked.survey_id = cases_before.survey_id
    left join refunds_before
        on asked.survey_id = refunds_before.survey_id

)

select * from final
