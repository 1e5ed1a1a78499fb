with surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

rules as (

    select * from {{ ref('survey_rules') }}

),

counted as (

    select
        business_unit,
        asked_by_id,
        count(*) as surveys_count,
        count(case when is_answered then 1 end) as answered_surveys_count,
        count(case when is_satisfied then 1 end) as satisfied_surveys_count,
        count(case when is_bonus_relevant then 1 end) as bonus_relevant_surveys_count,
        count(case when is_satisfied and is_window_closed then 1 end) as followed_surveys_count,
        count(case when is_satisfied and is_window_closed and has_repurchased then 1 end)
            as repurchased_surveys_count,
        percentile_disc(0.5) within group (order by days_from_purchase)
            as median_days_from_purchase
    from surveys
    group by business_unit, asked_by_id

),

usual as (

    select
        business_unit,
        sum(surveys_count) as surveys_count,
        sum(answered_surveys_count) as answered_surveys_count,
        percentile_disc(0.5) within group (order by median_days_from_purchase)
            as median_days_from_purchase
    from counted
    group by business_unit

),

compared as (

    select
        counted.business_unit,
        counted.asked_by_id,
        counted.surveys_count,
        counted.answered_surveys_count,
        counted.satisfied_surveys_count,
        counted.bonus_relevant_surveys_count,
        counted.followed_surveys_count,
        counted.repurchased_surveys_count,
        counted.median_days_from_purchase,
        usual.median_days_from_purchase as usual_days_from_purchase,
        usual.surveys_count - counted.surveys_count as others_surveys_count,
        usual.answered_surveys_count - counted.answered_surveys_count
            as others_answered_surveys_count,
        rules.early_asking_ratio,
        rules.heavy_bonus_ratio,
        rules.least_bias_signals_count
    from counted
    inner join usual
        on counted.business_unit = usual.business_unit
    inner join rules
        on counted.business_unit = rules.business_unit

),

-- A few surveys are no custom: whoever asked fewer than the least number shows no sign.
signalled as (

    select
        business_unit,
        asked_by_id,
        surveys_count,
        answered_surveys_count,
        satisfied_surveys_count,
        bonus_relevant_surveys_count,
        followed_surveys_count,
        repurchased_surveys_count,
        others_surveys_count,
        others_answered_surveys_count,
        median_days_from_purchase,
        usual_days_from_purchase,
        coalesce(
            surveys_count >= {{ var('least_cases_count') }}
            and median_days_from_purchase < early_asking_ratio * usual_days_from_purchase,
            false
        ) as is_asking_early,
        coalesce(
            surveys_count >= {{ var('least_cases_count') }}
            and {{ wilson_bound('answered_surveys_count', 'surveys_count', -1) }}
            > {{ wilson_bound('others_answered_surveys_count', 'others_surveys_count', 1) }},
            false
        ) as is_answered_unusually,
        coalesce(
            surveys_count >= {{ var('least_cases_count') }}
            and bonus_relevant_surveys_count > heavy_bonus_ratio * surveys_count,
            false
        ) as is_bonus_heavy,
        least_bias_signals_count
    from compared

),

summed as (

    select
        business_unit,
        asked_by_id,
        surveys_count,
        answered_surveys_count,
        satisfied_surveys_count,
        bonus_relevant_surveys_count,
        followed_surveys_count,
        repurchased_surveys_count,
        others_surveys_count,
        others_answered_surveys_count,
        median_days_from_purchase,
        usual_days_from_purchase,
        is_asking_early,
        is_answered_unusually,
        is_bonus_heavy,
        case when is_asking_early then 1 else 0 end
        + case when is_answered_unusually then 1 else 0 end
        + case when is_bonus_heavy then 1 else 0 end as bias_signals_count,
        least_bias_signals_count
    from signalled

),

final as (

    select
        business_unit,
        asked_by_id,
        {{ data_basis('surveys_count') }} as data_basis,
        surveys_count,
        answered_surveys_count,
        {{ share('answered_surveys_count', 'surveys_count') }} as response_ratio,
        {{ wilson_bound('answered_surveys_count', 'surveys_count', -1) }}
            as response_ratio_lower,
        {{ wilson_bound('answered_surveys_count', 'surveys_count', 1) }}
            as response_ratio_upper,
        {{ share('others_answered_surveys_count', 'others_surveys_count') }}
            as others_response_ratio,
        {{ share('satisfied_surveys_count', 'answered_surveys_count') }} as satisfied_ratio,
        {{ share('bonus_relevant_surveys_count', 'surveys_count') }} as bonus_relevant_ratio,
        followed_surveys_count,
        repurchased_surveys_count,
        {{ share('repurchased_surveys_count', 'followed_surveys_count') }} as repurchase_ratio,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', -1) }}
            as repurchase_ratio_lower,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', 1) }}
            as repurchase_ratio_upper,
        median_days_from_purchase,
        usual_days_from_purchase,
        cast(bias_signals_count as bigint) as bias_signals_count,
        is_asking_early,
        is_answered_unusually,
        is_bonus_heavy,
        bias_signals_count >= least_bias_signals_count as is_standing_out,
        {{ as_of_date() }} as as_of_date
    from summed

)

select * from final
