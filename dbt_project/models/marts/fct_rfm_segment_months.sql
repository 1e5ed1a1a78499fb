with segmented as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

final as (

    select
        business_unit,
        snapshot_date,
        segment,
        count(*) as customers_count,
        cast(sum(case when customer_status = 'active' then 1 else 0 end) as bigint)
            as active_customers_count,
        cast(sum(case when customer_status = 'reactivated' then 1 else 0 end) as bigint)
            as reactivated_customers_count,
        cast(sum(case when customer_status = 'slipping' then 1 else 0 end) as bigint)
            as slipping_customers_count,
        cast(sum(case when customer_status = 'lost' then 1 else 0 end) as bigint)
            as lost_customers_count,
        cast(sum(case when is_past_long_gap then 1 else 0 end) as bigint)
            as past_long_gap_customers_count,
        cast(sum(window_occasions_count) as bigint) as window_occasions_count,
        {{ money('sum(window_net_revenue)') }} as window_net_revenue,
        {{ per_part('sum(window_net_revenue)', 'sum(window_occasions_count)', 6) }}
            as window_mean_net_revenue,
        {{ money('sum(lifetime_net_revenue)') }} as lifetime_net_revenue
    from segmented
    group by business_unit, snapshot_date, segment

)

select * from final
