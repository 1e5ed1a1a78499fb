-- The history of scores ends in the scores of the as-of date.
with last_snapshots as (

    select * from {{ ref('fct_customer_rfm_months') }}
    where snapshot_date = {{ as_of_date() }}

),

current_scores as (

    select * from {{ ref('fct_customer_rfm') }}

)

select
    coalesce(current_scores.customer_id, last_snapshots.customer_id) as customer_id,
    current_scores.segment,
    last_snapshots.segment as segment_of_months
from current_scores
full outer join last_snapshots
    on current_scores.customer_id = last_snapshots.customer_id
where
    current_scores.segment is distinct from last_snapshots.segment
    or current_scores.customer_status is distinct from last_snapshots.customer_status
    or current_scores.recency_days is distinct from last_snapshots.recency_days
    or current_scores.recency_change_days is distinct from last_snapshots.recency_change_days
    or current_scores.window_occasions_count is distinct from last_snapshots.window_occasions_count
    or current_scores.window_net_revenue is distinct from last_snapshots.window_net_revenue
    or current_scores.lifetime_occasions_count
    is distinct from last_snapshots.lifetime_occasions_count
    or current_scores.lifetime_net_revenue is distinct from last_snapshots.lifetime_net_revenue
    or current_scores.recency_score is distinct from last_snapshots.recency_score
    or current_scores.frequency_score is distinct from last_snapshots.frequency_score
    or current_scores.monetary_score is distinct from last_snapshots.monetary_score
    or current_scores.nested_frequency_score is distinct from last_snapshots.nested_frequency_score
    or current_scores.nested_monetary_score is distinct from last_snapshots.nested_monetary_score
    or current_scores.fixed_recency_score is distinct from last_snapshots.fixed_recency_score
    or current_scores.fixed_frequency_score is distinct from last_snapshots.fixed_frequency_score
    or current_scores.fixed_monetary_score is distinct from last_snapshots.fixed_monetary_score
    or current_scores.is_past_long_gap is distinct from last_snapshots.is_past_long_gap
    or current_scores.last_occasion_date is distinct from last_snapshots.last_occasion_date
