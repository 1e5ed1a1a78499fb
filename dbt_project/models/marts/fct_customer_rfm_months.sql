with segmented as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

final as (

    select
        customer_id,
        snapshot_date,
        business_unit,
        segment,
        previous_segment,
        customer_status,
        recency_days,
        recency_change_days,
        window_occasions_count,
        window_net_revenue,
        window_mean_net_revenue,
        lifetime_occasions_count,
        lifetime_net_revenue,
        recency_score,
        frequency_score,
        monetary_score,
        nested_frequency_score,
        nested_monetary_score,
        fixed_recency_score,
        fixed_frequency_score,
        fixed_monetary_score,
        is_past_long_gap,
        last_occasion_date
    from segmented

)

select * from final
