{%- set periods = {
    '': '1 preceding and current row',
    '_before': '3 preceding and 2 preceding',
} -%}
with touches as (

    select * from {{ ref('int_account_touches__dated') }}

),

measured as (

    select * from {{ ref('int_experience__measured') }}

),

activity as (

    select * from {{ ref('int_customers__daily_activity') }}
    where purchase_occasions_count > 0

),

rules as (

    select * from {{ ref('takeover_rules') }}

),

-- Every whole quarter since the customer's first order.
quarters as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        next_quarter_start_date
    from measured
    group by business_unit, customer_id, quarter_start_date, next_quarter_start_date

),

touched as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        count(*) as touches_count,
        sum(case when contact_function = 'procurement' then 1 else 0 end) as procurement_count,
        sum(case when subject_kind = 'application' then 1 else 0 end) as application_count
    from touches
    group by business_unit, customer_id, quarter_start_date

),

-- Two quarters, and the two before them.
summed as (

    select
        quarters.business_unit,
        quarters.customer_id,
        quarters.quarter_start_date,
        {%- for name in ['touches', 'procurement', 'application'] %}
        {%- for period, rows in periods.items() %}
        cast(
            coalesce(
                sum(touched.{{ name }}_count) over (
                    partition by quarters.business_unit, quarters.customer_id
                    order by quarters.quarter_start_date
                    rows between {{ rows }}
                ),
                0
            ) as bigint
        ) as {{ name }}{{ period }}_count,
        {%- endfor %}
        {%- endfor %}
        quarters.next_quarter_start_date
    from quarters
    left join touched
        on
            quarters.business_unit = touched.business_unit
            and quarters.customer_id = touched.customer_id
            and quarters.quarter_start_date = touched.quarter_start_date

),

shared as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        next_quarter_start_date,
        touches_count,
        touches_before_count,
        {%- for name in ['procurement', 'application'] %}
        {{ ratio(name ~ '_count', 'touches_count') }} as {{ name }}_ratio,
        {{ ratio(name ~ '_before_count', 'touches_before_count') }} as {{ name }}_before_ratio,
        {%- endfor %}
        -- One touch more of either kind, so that shares of 0 and 1 have an error too.
        {{ ratio(
            '(procurement_count + procurement_before_count + 1)',
            '(touches_count + touches_before_count + 2)'
        ) }} as common_ratio
    from summed

),

deviated as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        next_quarter_start_date,
        touches_count,
        touches_before_count,
        procurement_ratio,
        procurement_before_ratio,
        application_ratio,
        application_before_ratio,
        cast(
            (procurement_ratio - procurement_before_ratio) / sqrt(
                common_ratio * (1 - common_ratio)
                * (
                    1.0 / nullif(touches_count, 0)
                    + 1.0 / nullif(touches_before_count, 0)
                )
            ) as decimal(9, 3)
        ) as rise_deviations
    from shared

),

-- Whether the customer bought shortly before the end of the quarter, and whether it still bought
-- in the days that tell the outcome.
bought as (

    select
        quarters.business_unit,
        quarters.customer_id,
        quarters.quarter_start_date,
        sum(case when activity.activity_date < quarters.next_quarter_start_date then 1 else 0 end)
            as occasions_before_count,
        sum(case when activity.activity_date >= quarters.next_quarter_start_date then 1 else 0 end)
            as occasions_after_count
    from quarters
    inner join rules
        on quarters.business_unit = rules.business_unit
    inner join activity
        on
            quarters.customer_id = activity.customer_id
            and (
                (
                    quarters.next_quarter_start_date > activity.activity_date
                    and activity.activity_date >= {{ add_days(
                        'quarters.next_quarter_start_date', '-1 * cast(rules.loss_days as integer)'
                    ) }}
                )
                or (
                    activity.activity_date >= {{ add_days(
                        'quarters.next_quarter_start_date', 'cast(rules.loss_days as integer)'
                    ) }}
                    and activity.activity_date < {{ add_days(
                        'quarters.next_quarter_start_date', 'cast(rules.outcome_days as integer)'
                    ) }}
                )
            )
    group by quarters.business_unit, quarters.customer_id, quarters.quarter_start_date

),

judged as (

    select
        deviated.business_unit,
        deviated.customer_id,
        deviated.quarter_start_date,
        deviated.touches_count,
        deviated.touches_before_count,
        deviated.procurement_ratio,
        deviated.procurement_before_ratio,
        deviated.application_ratio,
        deviated.application_before_ratio,
        deviated.rise_deviations,
        bought.occasions_after_count,
        deviated.touches_count >= rules.least_touches_count
        and deviated.touches_before_count >= rules.least_touches_count as has_enough_touches,
        coalesce(
            deviated.procurement_ratio >= rules.procurement_ratio
            and deviated.application_ratio <= rules.application_ratio
            and deviated.application_ratio < deviated.application_before_ratio
            and deviated.rise_deviations >= rules.rise_deviations,
            false
        ) as has_turned,
        deviated.next_quarter_start_date,
        {{ add_days('deviated.next_quarter_start_date', 'cast(rules.outcome_days as integer)') }}
            as outcome_date
    from deviated
    inner join rules
        on deviated.business_unit = rules.business_unit
    inner join bought
        on
            deviated.business_unit = bought.business_unit
            and deviated.customer_id = bought.customer_id
            and deviated.quarter_start_date = bought.quarter_start_date
    -- Who is silent already cannot be warned of.
    where bought.occasions_before_count > 0

),

final as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        touches_count,
        touches_before_count,
        procurement_ratio,
        procurement_before_ratio,
        application_ratio,
        application_before_ratio,
        rise_deviations,
        has_enough_touches,
        has_enough_touches and has_turned as is_warned,
        next_quarter_start_date,
        outcome_date,
        case
            when occasions_after_count > 0 then 'kept'
            when outcome_date <= {{ as_of_date() }} then 'lost'
            else 'open'
        end as outcome
    from judged

)

select * from final
