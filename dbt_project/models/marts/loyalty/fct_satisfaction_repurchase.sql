with surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

scopes as (

    select 'all' as scope
    union all
    select 'product_family' as scope
    union all
    select 'product' as scope

),

bases as (

    select 'all' as survey_basis
    union all
    select 'without_bonus' as survey_basis

),

-- Each survey counts in each scope; one without a bonus counts in the second basis too.
scoped as (

    select
        surveys.business_unit,
        bases.survey_basis,
        scopes.scope,
        case scopes.scope
            when 'all' then 'all'
            when 'product_family' then surveys.product_family
            else surveys.product_id
        end as scope_value,
        surveys.days_from_purchase,
        surveys.is_answered,
        surveys.is_satisfied,
        surveys.is_bonus_relevant,
        surveys.is_window_closed,
        surveys.is_satisfied and surveys.is_window_closed as is_followed,
        surveys.has_repurchased
    from surveys
    inner join bases
        on bases.survey_basis = 'all' or not surveys.is_bonus_relevant
    cross join scopes

),

counted as (

    select
        business_unit,
        survey_basis,
        scope,
        scope_value,
        count(*) as surveys_count,
        count(case when is_answered then 1 end) as answered_surveys_count,
        count(case when is_satisfied then 1 end) as satisfied_surveys_count,
        count(case when is_satisfied and not is_window_closed then 1 end)
            as censored_surveys_count,
        count(case when is_followed then 1 end) as followed_surveys_count,
        count(case when is_followed and has_repurchased then 1 end) as repurchased_surveys_count,
        count(case when is_bonus_relevant then 1 end) as bonus_relevant_surveys_count,
        percentile_disc(0.5) within group (order by days_from_purchase)
            as median_days_from_purchase
    from scoped
    group by business_unit, survey_basis, scope, scope_value

),

final as (

    select
        business_unit,
        survey_basis,
        scope,
        scope_value,
        {{ data_basis('followed_surveys_count') }} as data_basis,
        surveys_count,
        answered_surveys_count,
        satisfied_surveys_count,
        {{ share('satisfied_surveys_count', 'answered_surveys_count') }} as satisfied_ratio,
        {{ wilson_bound('satisfied_surveys_count', 'answered_surveys_count', -1) }}
            as satisfied_ratio_lower,
        {{ wilson_bound('satisfied_surveys_count', 'answered_surveys_count', 1) }}
            as satisfied_ratio_upper,
        censored_surveys_count,
        followed_surveys_count,
        repurchased_surveys_count,
        {{ share('repurchased_surveys_count', 'followed_surveys_count') }} as repurchase_ratio,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', -1) }}
            as repurchase_ratio_lower,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', 1) }}
            as repurchase_ratio_upper,
        cast(
            {{ share('satisfied_surveys_count', 'answered_surveys_count') }}
            - {{ share('repurchased_surveys_count', 'followed_surveys_count') }} as decimal(9, 6)
        ) as gap_ratio,
        median_days_from_purchase,
        {{ share('answered_surveys_count', 'surveys_count') }} as response_ratio,
        {{ share('bonus_relevant_surveys_count', 'surveys_count') }} as bonus_relevant_ratio,
        {{ as_of_date() }} as as_of_date
    from counted

)

select * from final
