-- What customers said and whether they came back adds up over the boxes, in every scope.
with boxes as (

    select
        business_unit,
        survey_basis,
        scope,
        scope_value,
        sum(surveys_count) as surveys_count,
        sum(case when survey_box <> 'unanswered' then surveys_count else 0 end)
            as answered_surveys_count
    from {{ ref('fct_satisfaction_boxes') }}
    group by business_unit, survey_basis, scope, scope_value

),

scopes as (

    select * from {{ ref('fct_satisfaction_repurchase') }}

)

select
    scopes.business_unit,
    scopes.survey_basis,
    scopes.scope,
    scopes.scope_value
from scopes
left join boxes
    on
        scopes.business_unit = boxes.business_unit
        and scopes.survey_basis = boxes.survey_basis
        and scopes.scope = boxes.scope
        and scopes.scope_value = boxes.scope_value
where
    boxes.surveys_count is null
    or scopes.surveys_count <> boxes.surveys_count
    or scopes.answered_surveys_count <> boxes.answered_surveys_count
