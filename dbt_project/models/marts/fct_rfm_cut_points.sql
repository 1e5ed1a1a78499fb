{%- set scores = [
    ('quintile', 'recency', 'recency_days', 'recency_score', 'null', 'null'),
    ('quintile', 'frequency', 'window_occasions_count', 'frequency_score', 'null', 'null'),
    ('quintile', 'monetary', 'window_net_revenue', 'monetary_score', 'null', 'null'),
    ('nested', 'frequency', 'window_occasions_count', 'nested_frequency_score',
        'recency_score', 'null'),
    ('nested', 'monetary', 'window_net_revenue', 'nested_monetary_score',
        'recency_score', 'nested_frequency_score'),
    ('fixed', 'recency', 'recency_days', 'fixed_recency_score', 'null', 'null'),
    ('fixed', 'frequency', 'window_occasions_count', 'fixed_frequency_score', 'null', 'null'),
    ('fixed', 'monetary', 'window_net_revenue', 'fixed_monetary_score', 'null', 'null'),
] -%}
with segmented as {{ read_anew() }} (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

fixed_thresholds as (

    select * from {{ ref('rfm_fixed_thresholds') }}

),

scores as (

    {% for method, measure, value, score, recency_parent, frequency_parent in scores -%}
    select
        business_unit,
        snapshot_date,
        '{{ method }}' as score_method,
        '{{ measure }}' as measure,
        coalesce({{ recency_parent }}, 0) as within_recency_score,
        coalesce({{ frequency_parent }}, 0) as within_frequency_score,
        {{ score }} as score,
        cast({{ value }} as decimal(18, 2)) as measured_value
    from segmented
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

earned as (

    select
        business_unit,
        snapshot_date,
        score_method,
        measure,
        within_recency_score,
        within_frequency_score,
        score,
        min(measured_value) as lowest_value,
        max(measured_value) as highest_value,
        count(*) as customers_count
    from scores
    group by
        business_unit,
        snapshot_date,
        score_method,
        measure,
        within_recency_score,
        within_frequency_score,
        score

),

-- Quintiles are cut at a customer's value, fixed scores where the seed says: one row or none.
final as (

    select
        earned.business_unit,
        earned.snapshot_date,
        earned.score_method,
        earned.measure,
        earned.within_recency_score,
        earned.within_frequency_score,
        earned.score,
        cast(
            case
                when earned.score = 1 then null
                when earned.score_method = 'fixed' and earned.score = 2 then fixed_thresholds.cut_2
                when earned.score_method = 'fixed' and earned.score = 3 then fixed_thresholds.cut_3
                when earned.score_method = 'fixed' and earned.score = 4 then fixed_thresholds.cut_4
                when earned.score_method = 'fixed' then fixed_thresholds.cut_5
                when earned.measure = 'recency' then earned.highest_value
                else earned.lowest_value
            end as decimal(18, 2)
        ) as cut_value,
        earned.lowest_value,
        earned.highest_value,
        earned.customers_count
    from earned
    left join fixed_thresholds
        on
            earned.business_unit = fixed_thresholds.business_unit
            and earned.measure = fixed_thresholds.measure

)

select * from final
