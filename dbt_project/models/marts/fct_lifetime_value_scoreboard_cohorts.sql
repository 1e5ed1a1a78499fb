with cohorts as (

    select * from {{ ref('stg_lifetime_value__score_cohorts') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

final as (

    select
        cohorts.business_unit,
        cohorts.cut_off_date,
        cohorts.method_name,
        cohorts.cohort_quarter_date,
        cohorts.customers_count,
        {{ money('cohorts.actual_total') }} as actual_net_revenue,
        {{ money('cohorts.predicted_total') }} as predicted_net_revenue,
        {{
            enough(
                'cohorts.customers_count',
                ratio('cohorts.actual_total', 'cohorts.predicted_total', 'decimal(18, 6)'),
            )
        }} as actual_to_predicted_ratio,
        {{ enough('cohorts.customers_count', money('cohorts.mean_absolute_error')) }}
            as mean_absolute_error,
        {{ enough('cohorts.customers_count', 'cohorts.top_tenth_gain') }}
            as top_tenth_revenue_ratio,
        {{ enough('cohorts.customers_count', 'cohorts.occasions_coverage') }}
            as occasions_coverage_ratio,
        coalesce(cohorts.method_name = models.model_name, false) as is_chosen,
        {{ data_basis('cohorts.customers_count') }} as data_basis
    from cohorts
    inner join models
        on cohorts.business_unit = models.business_unit

)

select * from final
