with measured as (

    select * from {{ ref('int_customers__rfm_measured') }}

),

scored as (

    select * from {{ ref('int_customers__rfm_scored') }}

),

final as (

    select
        measured.customer_id,
        measured.business_unit,
        measured.recency_days,
        measured.window_occasions_count,
        measured.window_net_revenue,
        measured.window_mean_net_revenue,
        measured.lifetime_occasions_count,
        measured.lifetime_net_revenue,
        measured.lifetime_mean_net_revenue,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        measured.first_occasion_date,
        measured.last_occasion_date,
        {{ add_months(as_of_date(), -1 * var('rfm_window_months')) }} as window_start_date,
        {{ as_of_date() }} as as_of_date
    from measured
    inner join scored
        on measured.customer_id = scored.customer_id

)

select * from final
