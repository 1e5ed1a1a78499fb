{%- set hypotheses = ['frequent_customers_return', 'frequent_customers_are_satisfied'] -%}
with business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

correlated as (

    select * from {{ ref('int_customers__repurchases_correlated') }}

),

-- A question without an answer is a row too.
questions as (

    {% for hypothesis in hypotheses -%}
    {%- set last_hypothesis = loop.last -%}
    {%- for days in var('loyalty_horizons_days') -%}
    select
        business_unit,
        '{{ hypothesis }}' as hypothesis,
        cast({{ days }} as bigint) as horizon_days,
        {{ add_days(as_of_date(), -1 * days) }} as base_date
    from business_units
    {{ 'union all' if not (last_hypothesis and loop.last) }}
    {% endfor %}
    {%- endfor %}
),

-- Where nobody was asked how satisfied they are, that hypothesis matches no row.
answered as (

    select
        questions.business_unit,
        questions.hypothesis,
        questions.horizon_days,
        coalesce(correlated.customers_count, 0) as customers_count,
        coalesce(correlated.repurchased_customers_count, 0) as repurchased_customers_count,
        coalesce(correlated.confirmed_customers_count, 0) as confirmed_customers_count,
        coalesce(correlated.history_days, 0) as history_days,
        correlated.rank_correlation,
        coalesce(
            correlated.customers_count >= {{ var('least_cases_count') }}
            and correlated.history_days >= {{ var('loyalty_history_days') }}
            and correlated.rank_correlation is not null,
            false
        ) as is_answerable,
        questions.base_date
    from questions
    left join correlated
        on
            questions.business_unit = correlated.business_unit
            and questions.horizon_days = correlated.horizon_days
            and questions.hypothesis = correlated.hypothesis

),

bounded as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        customers_count,
        repurchased_customers_count,
        confirmed_customers_count,
        history_days,
        case when is_answerable then rank_correlation end as rank_correlation,
        case
            when is_answerable
                then {{ rank_correlation_bound('rank_correlation', 'customers_count', -1) }}
        end as rank_correlation_lower,
        case
            when is_answerable
                then {{ rank_correlation_bound('rank_correlation', 'customers_count', 1) }}
        end as rank_correlation_upper,
        is_answerable,
        base_date
    from answered

),

final as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        case
            when not is_answerable then 'insufficient data'
            when rank_correlation_lower > 0 then 'supported'
            else 'not supported'
        end as verdict,
        customers_count,
        repurchased_customers_count,
        confirmed_customers_count,
        history_days,
        rank_correlation,
        rank_correlation_lower,
        rank_correlation_upper,
        {{ share('repurchased_customers_count', 'customers_count') }} as repurchase_ratio,
        {{ wilson_bound('repurchased_customers_count', 'customers_count', -1) }}
            as repurchase_ratio_lower,
        {{ wilson_bound('repurchased_customers_count', 'customers_count', 1) }}
            as repurchase_ratio_upper,
        base_date,
        {{ as_of_date() }} as as_of_date
    from bounded

)

select * from final
