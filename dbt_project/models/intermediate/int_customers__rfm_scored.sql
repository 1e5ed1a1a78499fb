{%- set measured = [
    'customer_id',
    'business_unit',
    'recency_days',
    'window_occasions_count',
    'window_net_revenue',
    'lifetime_occasions_count',
    'lifetime_net_revenue',
    'mean_gap_days',
    'long_gap_days',
    'lost_after_days',
    'customer_status',
    'last_occasion_date',
    'snapshot_date',
] -%}
{%- set within = ['snapshot_date', 'business_unit'] -%}
with snapshots as (

    select * from {{ ref('int_customers__rfm_snapshots') }}

),

fixed_thresholds as (

    select * from {{ ref('rfm_fixed_thresholds') }}

),

-- The later the better: recency as a number that grows.
measures as {{ read_anew() }} (

    select
        {%- for column in measured %}
        {{ column }},
        {%- endfor %}
        -recency_days as recency
    from snapshots

),

-- Each business unit is scored on its own: a grocer's and a machine builder's customers do not
-- share a scale.
{{ quintile_cuts('recency', 'measures', 'recency', within) }},

{{ quintile_cuts('frequency', 'measures', 'window_occasions_count', within) }},

{{ quintile_cuts('monetary', 'measures', 'window_net_revenue', within) }},

-- Every row has its cuts. To an inner join the engine foretells few rows, and keeps the many of
-- them in memory to look up the few cuts; with a left join it is the other way round.
recency_scored as {{ read_anew() }} (

    select
        {%- for column in measured %}
        measures.{{ column }},
        {%- endfor %}
        measures.recency,
        {{ score_by_cuts('measures.recency', 'recency_cuts') }} as recency_score
    from measures
    left join recency_cuts
        on
            measures.snapshot_date = recency_cuts.snapshot_date
            and measures.business_unit = recency_cuts.business_unit

),

-- Hughes' nesting: frequency among those of equal recency score, money among those of equal both.
{{ quintile_cuts(
    'nested_frequency',
    'recency_scored',
    'window_occasions_count',
    within + ['recency_score']
) }},

frequency_nested as {{ read_anew() }} (

    select
        {%- for column in measured %}
        recency_scored.{{ column }},
        {%- endfor %}
        recency_scored.recency,
        recency_scored.recency_score,
        {{ score_by_cuts('recency_scored.window_occasions_count', 'nested_frequency_cuts') }}
            as nested_frequency_score
    from recency_scored
    left join nested_frequency_cuts
        on
            recency_scored.snapshot_date = nested_frequency_cuts.snapshot_date
            and recency_scored.business_unit = nested_frequency_cuts.business_unit
            and recency_scored.recency_score = nested_frequency_cuts.recency_score

),

{{ quintile_cuts(
    'nested_monetary',
    'frequency_nested',
    'window_net_revenue',
    within + ['recency_score', 'nested_frequency_score']
) }},

-- Days at most become numbers at least, as recency did.
fixed_cuts as (

    select
        business_unit,
        measure,
        case when measure = 'recency' then -cut_2 else cut_2 end as cut_2,
        case when measure = 'recency' then -cut_3 else cut_3 end as cut_3,
        case when measure = 'recency' then -cut_4 else cut_4 end as cut_4,
        case when measure = 'recency' then -cut_5 else cut_5 end as cut_5
    from fixed_thresholds

),

final as (

    select
        {%- for column in measured %}
        nested.{{ column }},
        {%- endfor %}
        cast(nested.recency_score as integer) as recency_score,
        cast({{ score_by_cuts('nested.window_occasions_count', 'frequency_cuts') }} as integer)
            as frequency_score,
        cast({{ score_by_cuts('nested.window_net_revenue', 'monetary_cuts') }} as integer)
            as monetary_score,
        cast(nested.nested_frequency_score as integer) as nested_frequency_score,
        cast({{ score_by_cuts('nested.window_net_revenue', 'nested_monetary_cuts') }} as integer)
            as nested_monetary_score,
        cast({{ score_by_cuts('nested.recency', 'fixed_recency') }} as integer)
            as fixed_recency_score,
        cast({{ score_by_cuts('nested.window_occasions_count', 'fixed_frequency') }} as integer)
            as fixed_frequency_score,
        cast({{ score_by_cuts('nested.window_net_revenue', 'fixed_monetary') }} as integer)
            as fixed_monetary_score
    from frequency_nested as nested
    left join frequency_cuts
        on
            nested.snapshot_date = frequency_cuts.snapshot_date
            and nested.business_unit = frequency_cuts.business_unit
    left join monetary_cuts
        on
            nested.snapshot_date = monetary_cuts.snapshot_date
            and nested.business_unit = monetary_cuts.business_unit
    left join nested_monetary_cuts
        on
            nested.snapshot_date = nested_monetary_cuts.snapshot_date
            and nested.business_unit = nested_monetary_cuts.business_unit
            and nested.recency_score = nested_monetary_cuts.recency_score
            and nested.nested_frequency_score = nested_monetary_cuts.nested_frequency_score
    inner join fixed_cuts as fixed_recency
        on
            nested.business_unit = fixed_recency.business_unit
            and fixed_recency.measure = 'recency'
    inner join fixed_cuts as fixed_frequency
        on
            nested.business_unit = fixed_frequency.business_unit
            and fixed_frequency.measure = 'frequency'
    inner join fixed_cuts as fixed_monetary
        on
            nested.business_unit = fixed_monetary.business_unit
            and fixed_monetary.measure = 'monetary'

)

select * from final
