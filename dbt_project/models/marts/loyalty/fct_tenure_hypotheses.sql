with compared as (

    select * from {{ ref('int_customers__tenure_compared') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

hypotheses as (

    select 'loyal_pay_more' as hypothesis
    union all
    select 'loyal_cost_less' as hypothesis
    union all
    select 'loyal_refer' as hypothesis

),

measured as (

    select
        business_units.business_unit,
        hypotheses.hypothesis,
        count(compared.difference) as cases_count,
        sum(compared.difference) as differences_sum,
        sum(cast(compared.difference as decimal(28, 6)) * compared.difference) as squares_sum
    from business_units
    cross join hypotheses
    left join compared
        on
            business_units.business_unit = compared.business_unit
            and hypotheses.hypothesis = compared.hypothesis
    group by business_units.business_unit, hypotheses.hypothesis

),

-- From sums of decimals, which are the same in whatever order they are added.
spread as (

    select
        business_unit,
        hypothesis,
        cases_count,
        differences_sum / nullif(cases_count, 0) as mean_difference,
        1.959964 * sqrt(
            (squares_sum - differences_sum * differences_sum / nullif(cases_count, 0))
            / nullif(cases_count - 1, 0) / nullif(cases_count, 0)
        ) as half_width
    from measured

),

bounded as (

    select
        business_unit,
        hypothesis,
        cases_count,
        cast({{ enough('cases_count', 'mean_difference') }} as decimal(18, 6)) as mean_difference,
        cast({{ enough('cases_count', 'mean_difference - half_width') }} as decimal(18, 6))
            as mean_difference_lower,
        cast({{ enough('cases_count', 'mean_difference + half_width') }} as decimal(18, 6))
            as mean_difference_upper
    from spread

),

final as (

    select
        business_unit,
        hypothesis,
        case
            when mean_difference is null then 'insufficient data'
            when mean_difference_lower > 0 then 'supported'
            else 'not supported'
        end as verdict,
        cases_count,
        mean_difference,
        mean_difference_lower,
        mean_difference_upper,
        {{ as_of_date() }} as as_of_date
    from bounded

)

select * from final
