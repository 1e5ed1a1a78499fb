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
        case
            when not surveys.is_answered then 'unanswered'
            else cast(surveys.score as {{ dbt.type_string() }})
        end as survey_box,
        surveys.is_window_closed,
        surveys.is_window_closed and surveys.has_repurchased as is_repurchase
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
        survey_box,
        count(*) as surveys_count,
        count(case when is_window_closed then 1 end) as followed_surveys_count,
        count(case when is_repurchase then 1 end) as repurchased_surveys_count
    from scoped
    group by business_unit, survey_basis, scope, scope_value, survey_box

),

final as (

    select
        business_unit,
        survey_basis,
        scope,
        scope_value,
        survey_box,
        {{ data_basis('followed_surveys_count') }} as data_basis,
        surveys_count,
        followed_surveys_count,
        repurchased_surveys_count,
        {{ share('repurchased_surveys_count', 'followed_surveys_count') }} as repurchase_ratio,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', -1) }}
            as repurchase_ratio_lower,
        {{ wilson_bound('repurchased_surveys_count', 'followed_surveys_count', 1) }}
            as repurchase_ratio_upper,
        {{ as_of_date() }} as as_of_date
    from counted

)

select * from final
