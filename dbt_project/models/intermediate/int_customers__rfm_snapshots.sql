with measured as (

    select * from {{ ref('int_customers__rfm_measured') }}

),

months_measured as (

    select * from {{ ref('int_customers__rfm_months_measured') }}

),

occasions as (

    select * from {{ ref('int_customers__occasions') }}

),

-- The as-of date is a snapshot of its own, unless it is the first of a month.
snapshots as (

    select
        customer_id,
        business_unit,
        window_occasions_count,
        window_net_revenue,
        lifetime_occasions_count,
        lifetime_net_revenue,
        snapshot_date
    from months_measured
    where snapshot_date < {{ as_of_date() }}
    union all
    select
        customer_id,
        business_unit,
        window_occasions_count,
        window_net_revenue,
        lifetime_occasions_count,
        lifetime_net_revenue,
        {{ as_of_date() }} as snapshot_date
    from measured

),

-- One row of occasions for each row: the customer's last one before the snapshot.
final as (

    select
        snapshots.customer_id,
        snapshots.business_unit,
        {{ days_between('occasions.occasion_date', 'snapshots.snapshot_date') }} as recency_days,
        snapshots.window_occasions_count,
        snapshots.window_net_revenue,
        snapshots.lifetime_occasions_count,
        snapshots.lifetime_net_revenue,
        occasions.mean_gap_days,
        occasions.long_gap_days,
        occasions.lost_after_days,
        case
            when snapshots.snapshot_date >= occasions.lost_date then 'lost'
            when snapshots.snapshot_date >= occasions.slipping_date then 'slipping'
            when snapshots.snapshot_date < occasions.reactivated_until_date then 'reactivated'
            else 'active'
        end as customer_status,
        occasions.occasion_date as last_occasion_date,
        snapshots.snapshot_date
    from snapshots
    inner join occasions
        on
            snapshots.customer_id = occasions.customer_id
            and snapshots.lifetime_occasions_count = occasions.occasion_number

)

select * from final
