with scored as (

    select * from {{ ref('int_customers__rfm_scored') }}

),

segments as (

    select * from {{ ref('rfm_segments') }}

),

-- Each of the 125 cells belongs to exactly one segment.
joined as (

    select
        scored.customer_id,
        scored.business_unit,
        scored.recency_days,
        scored.window_occasions_count,
        scored.window_net_revenue,
        scored.lifetime_occasions_count,
        scored.lifetime_net_revenue,
        scored.mean_gap_days,
        scored.long_gap_days,
        scored.lost_after_days,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        scored.nested_frequency_score,
        scored.nested_monetary_score,
        scored.fixed_recency_score,
        scored.fixed_frequency_score,
        scored.fixed_monetary_score,
        segments.segment,
        scored.customer_status,
        scored.last_occasion_date,
        scored.snapshot_date
    from scored
    inner join segments
        on
            scored.recency_score = segments.recency_score
            and scored.frequency_score = segments.frequency_score
            and scored.monetary_score = segments.monetary_score

),

final as (

    select
        customer_id,
        business_unit,
        recency_days,
        recency_days - lag(recency_days) over (
            partition by customer_id order by snapshot_date
        ) as recency_change_days,
        window_occasions_count,
        window_net_revenue,
        {{ per_part('window_net_revenue', 'window_occasions_count', 6) }}
            as window_mean_net_revenue,
        lifetime_occasions_count,
        lifetime_net_revenue,
        mean_gap_days,
        long_gap_days,
        lost_after_days,
        recency_score,
        frequency_score,
        monetary_score,
        nested_frequency_score,
        nested_monetary_score,
        fixed_recency_score,
        fixed_frequency_score,
        fixed_monetary_score,
        segment,
        lag(segment) over (partition by customer_id order by snapshot_date) as previous_segment,
        customer_status,
        coalesce(recency_days > long_gap_days, false) as is_past_long_gap,
        last_occasion_date,
        snapshot_date
    from joined

)

select * from final
