with occasions as (

    select * from {{ ref('int_customers__occasions') }}

),

surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

horizons as (

    {% for days in var('loyalty_horizons_days') -%}
    select
        cast({{ days }} as bigint) as horizon_days,
        {{ add_days(as_of_date(), -1 * days) }} as base_date
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- Whom one knew on the base date, what one knew of them, and what they did then.
tracked as (

    select
        occasions.customer_id,
        horizons.horizon_days,
        occasions.business_unit,
        cast(
            sum(case when occasions.occasion_date < horizons.base_date then 1 else 0 end) as bigint
        ) as occasions_before_count,
        max(occasions.occasion_date) >= horizons.base_date as has_bought_again,
        min(occasions.occasion_date) as first_occasion_date,
        horizons.base_date
    from occasions
    cross join horizons
    group by
        occasions.customer_id,
        horizons.horizon_days,
        occasions.business_unit,
        horizons.base_date
    having min(occasions.occasion_date) < horizons.base_date

),

-- What a customer said last. An answer that a bonus hangs on tells of the bonus.
answers as (

    select
        surveys.customer_id,
        horizons.horizon_days,
        surveys.is_satisfied,
        row_number() over (
            partition by surveys.customer_id, horizons.horizon_days
            order by surveys.answered_date desc, surveys.survey_id desc
        ) as newest_first
    from surveys
    inner join horizons
        on surveys.answered_date >= horizons.base_date
    where not surveys.is_bonus_relevant

),

final as (

    select
        customer_id,
        horizon_days,
        'frequent_customers_return' as hypothesis,
        business_unit,
        occasions_before_count,
        has_bought_again,
        has_bought_again as is_confirmed,
        first_occasion_date,
        base_date
    from tracked
    union all
    select
        tracked.customer_id,
        tracked.horizon_days,
        'frequent_customers_are_satisfied' as hypothesis,
        tracked.business_unit,
        tracked.occasions_before_count,
        tracked.has_bought_again,
        answers.is_satisfied as is_confirmed,
        tracked.first_occasion_date,
        tracked.base_date
    from tracked
    inner join answers
        on
            tracked.customer_id = answers.customer_id
            and tracked.horizon_days = answers.horizon_days
            and answers.newest_first = 1

)

select * from final
