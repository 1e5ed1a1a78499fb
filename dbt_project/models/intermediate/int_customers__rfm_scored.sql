{%- set within = ['snapshot_date', 'business_unit'] -%}
with snapshots as (

    select * from {{ ref('int_customers__rfm_snapshots') }}

),

fixed_thresholds as (

    select * from {{ ref('rfm_fixed_thresholds') }}

),

-- The later the better: recency as a number that grows.
measures as (

    select
        customer_id,
        business_unit,
        -recency_days as recency,
        window_occasions_count as frequency,
        window_net_revenue as monetary,
        snapshot_date
    from snapshots

),

-- Each business unit is scored on its own: a grocer's and a machine builder's customers do not
-- share a scale.
{{ quintile_cuts('measures', 'recency', within) }},

{{ quintile_cuts('measures', 'frequency', within) }},

{{ quintile_cuts('measures', 'monetary', within) }},

quintiles as (

    select
        measures.customer_id,
        measures.business_unit,
        measures.recency,
        measures.frequency,
        measures.monetary,
        {{ score_by_cuts('measures.recency', 'recency_cuts') }} as recency_score,
        {{ score_by_cuts('measures.frequency', 'frequency_cuts') }} as frequency_score,
        {{ score_by_cuts('measures.monetary', 'monetary_cuts') }} as monetary_score,
        measures.snapshot_date
    from measures
    inner join recency_cuts
        on
            measures.snapshot_date = recency_cuts.snapshot_date
            and measures.business_unit = recency_cuts.business_unit
    inner join frequency_cuts
        on
            measures.snapshot_date = frequency_cuts.snapshot_date
            and measures.business_unit = frequency_cuts.business_unit
    inner join monetary_cuts
        on
            measures.snapshot_date = monetary_cuts.snapshot_date
            and measures.business_unit = monetary_cuts.business_unit

),

-- Hughes' nesting: frequency among those of equal recency score, money among those of equal both.
recency_nests as (

    select
        customer_id,
        business_unit,
        recency_score,
        frequency as nested_frequency,
        monetary as nested_monetary,
        snapshot_date
    from quintiles

),

{{ quintile_cuts('recency_nests', 'nested_frequency', within + ['recency_score']) }},

frequency_nests as (

    select
        recency_nests.customer_id,
        recency_nests.business_unit,
        recency_nests.recency_score,
        recency_nests.nested_monetary,
        {{ score_by_cuts('recency_nests.nested_frequency', 'nested_frequency_cuts') }}
            as nested_frequency_score,
        recency_nests.snapshot_date
    from recency_nests
    inner join nested_frequency_cuts
        on
            recency_nests.snapshot_date = nested_frequency_cuts.snapshot_date
            and recency_nests.business_unit = nested_frequency_cuts.business_unit
            and recency_nests.recency_score = nested_frequency_cuts.recency_score

),

{{ quintile_cuts(
    'frequency_nests',
    'nested_monetary',
    within + ['recency_score', 'nested_frequency_score']
) }},

nested as (

    select
        frequency_nests.customer_id,
        frequency_nests.nested_frequency_score,
        {{ score_by_cuts('frequency_nests.nested_monetary', 'nested_monetary_cuts') }}
            as nested_monetary_score,
        frequency_nests.snapshot_date
    from frequency_nests
    inner join nested_monetary_cuts
        on
            frequency_nests.snapshot_date = nested_monetary_cuts.snapshot_date
            and frequency_nests.business_unit = nested_monetary_cuts.business_unit
            and frequency_nests.recency_score = nested_monetary_cuts.recency_score
            and frequency_nests.nested_frequency_score
            = nested_monetary_cuts.nested_frequency_score

),

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
        quintiles.customer_id,
        quintiles.business_unit,
        cast(quintiles.recency_score as integer) as recency_score,
        cast(quintiles.frequency_score as integer) as frequency_score,
        cast(quintiles.monetary_score as integer) as monetary_score,
        cast(nested.nested_frequency_score as integer) as nested_frequency_score,
        cast(nested.nested_monetary_score as integer) as nested_monetary_score,
        cast({{ score_by_cuts('quintiles.recency', 'fixed_recency') }} as integer)
            as fixed_recency_score,
        cast({{ score_by_cuts('quintiles.frequency', 'fixed_frequency') }} as integer)
            as fixed_frequency_score,
        cast({{ score_by_cuts('quintiles.monetary', 'fixed_monetary') }} as integer)
            as fixed_monetary_score,
        quintiles.snapshot_date
    from quintiles
    inner join nested
        on
            quintiles.customer_id = nested.customer_id
            and quintiles.snapshot_date = nested.snapshot_date
    inner join fixed_cuts as fixed_recency
        on
            quintiles.business_unit = fixed_recency.business_unit
            and fixed_recency.measure = 'recency'
    inner join fixed_cuts as fixed_frequency
        on
            quintiles.business_unit = fixed_frequency.business_unit
            and fixed_frequency.measure = 'frequency'
    inner join fixed_cuts as fixed_monetary
        on
            quintiles.business_unit = fixed_monetary.business_unit
            and fixed_monetary.measure = 'monetary'

)

select * from final
