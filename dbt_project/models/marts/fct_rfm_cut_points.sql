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
with segmented as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

scores as (

    {% for method, measure, value, score, recency_parent, frequency_parent in scores -%}
    select
        business_unit,
        snapshot_date,
        '{{ method }}' as method,
        '{{ measure }}' as measure,
        coalesce({{ recency_parent }}, 0) as within_recency_score,
        coalesce({{ frequency_parent }}, 0) as within_frequency_score,
        {{ score }} as score,
        cast({{ value }} as decimal(18, 2)) as measured_value
    from segmented
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        business_unit,
        snapshot_date,
        method,
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
        method,
        measure,
        within_recency_score,
        within_frequency_score,
        score

)

select * from final
