-- The 125 cells of three scores are all there, each in one segment, and each segment has a name.
with scores as (

    select 1 as score
    union all
    select 2 as score
    union all
    select 3 as score
    union all
    select 4 as score
    union all
    select 5 as score

),

cells as (

    select
        recency.score as recency_score,
        frequency.score as frequency_score,
        monetary.score as monetary_score
    from scores as recency
    cross join scores as frequency
    cross join scores as monetary

),

named_segments as (

    select
        segments.recency_score,
        segments.frequency_score,
        segments.monetary_score,
        count(*) as segments_count,
        count(labels.code) as labels_count
    from {{ ref('rfm_segments') }} as segments
    left join {{ ref('labels') }} as labels
        on
            segments.segment = labels.code
            and labels.kind = 'rfm_segment'
    group by segments.recency_score, segments.frequency_score, segments.monetary_score

)

select
    cells.recency_score,
    cells.frequency_score,
    cells.monetary_score,
    named_segments.recency_score as recency_score_of_segment,
    named_segments.segments_count,
    named_segments.labels_count
from cells
full outer join named_segments
    on
        cells.recency_score = named_segments.recency_score
        and cells.frequency_score = named_segments.frequency_score
        and cells.monetary_score = named_segments.monetary_score
where
    cells.recency_score is null
    or named_segments.segments_count is distinct from 1
    or named_segments.labels_count is distinct from 1
