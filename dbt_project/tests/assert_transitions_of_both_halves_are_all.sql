-- Every monthly move is either early or late, and the moves from a segment are all who were there.
select
    business_unit,
    from_segment,
    to_segment
from {{ ref('fct_segment_transitions') }}
group by business_unit, from_segment, to_segment
having
    sum(case when period = 'all' then transitions_count else -transitions_count end) <> 0
    or sum(case when period = 'all' then from_transitions_count else -from_transitions_count end)
    <> 0
union all
select
    business_unit,
    from_segment,
    period as to_segment
from {{ ref('fct_segment_transitions') }}
group by business_unit, from_segment, period
having sum(transitions_count) <> max(from_transitions_count)
