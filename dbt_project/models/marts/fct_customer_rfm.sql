with current_snapshots as (

    select * from {{ ref('int_customers__rfm_segmented') }}
    where snapshot_date = {{ as_of_date() }}

),

measured as (

    select * from {{ ref('int_customers__rfm_measured') }}

),

-- Customers of equal revenue stand together, so that they share a class.
shared as (

    select
        customer_id,
        sum(greatest(window_net_revenue, 0)) over (partition by business_unit) as unit_revenue,
        sum(greatest(window_net_revenue, 0)) over (
            partition by business_unit order by window_net_revenue desc
            range unbounded preceding
        ) as revenue_so_far,
        sum(greatest(window_net_revenue, 0)) over (
            partition by business_unit, window_net_revenue
        ) as revenue_here
    from current_snapshots

),

final as (

    select
        current_snapshots.customer_id,
        current_snapshots.business_unit,
        current_snapshots.segment,
        current_snapshots.customer_status,
        -- The customer with whom the first 80 % are reached belongs to them.
        case
            when current_snapshots.window_net_revenue <= 0 then 'C'
            when 100 * (shared.revenue_so_far - shared.revenue_here) < 80 * shared.unit_revenue
                then 'A'
            when 100 * (shared.revenue_so_far - shared.revenue_here) < 95 * shared.unit_revenue
                then 'B'
            else 'C'
        end as abc_class,
        current_snapshots.recency_days,
        current_snapshots.recency_change_days,
        current_snapshots.window_occasions_count,
        current_snapshots.window_net_revenue,
        current_snapshots.window_mean_net_revenue,
        current_snapshots.lifetime_occasions_count,
        current_snapshots.lifetime_net_revenue,
        measured.lifetime_mean_net_revenue,
        current_snapshots.mean_gap_days,
        current_snapshots.long_gap_days,
        current_snapshots.lost_after_days,
        {{ ratio(
            'greatest(current_snapshots.window_net_revenue, 0)',
            'shared.unit_revenue',
            'decimal(18, 12)'
        ) }} as revenue_ratio,
        {{ ratio('shared.revenue_so_far', 'shared.unit_revenue', 'decimal(18, 12)') }}
            as cumulative_revenue_ratio,
        current_snapshots.recency_score,
        current_snapshots.frequency_score,
        current_snapshots.monetary_score,
        current_snapshots.nested_frequency_score,
        current_snapshots.nested_monetary_score,
        current_snapshots.fixed_recency_score,
        current_snapshots.fixed_frequency_score,
        current_snapshots.fixed_monetary_score,
        current_snapshots.is_past_long_gap,
        measured.first_occasion_date,
        current_snapshots.last_occasion_date,
        {{ add_months(as_of_date(), -1 * var('rfm_window_months')) }} as window_start_date,
        {{ as_of_date() }} as as_of_date
    from current_snapshots
    inner join measured
        on current_snapshots.customer_id = measured.customer_id
    inner join shared
        on current_snapshots.customer_id = shared.customer_id

)

select * from final
