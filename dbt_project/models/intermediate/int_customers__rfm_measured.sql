with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

-- The unknown member is nobody: it has money but no habits.
customer_activity as (

    select
        activity.customer_id,
        activity.business_unit,
        activity.activity_date,
        activity.purchase_occasions_count,
        activity.net_revenue,
        activity.activity_date
        >= {{ add_months(as_of_date(), -1 * var('rfm_window_months')) }} as is_in_window
    from activity
    inner join customers
        on activity.customer_id = customers.customer_id
    where not customers.is_unknown

),

summarised as (

    select
        customer_id,
        business_unit,
        sum(case when is_in_window then purchase_occasions_count else 0 end)
            as window_occasions_count,
        sum(case when is_in_window then net_revenue else 0 end) as window_net_revenue,
        sum(purchase_occasions_count) as lifetime_occasions_count,
        sum(net_revenue) as lifetime_net_revenue,
        min(case when purchase_occasions_count > 0 then activity_date end)
            as first_occasion_date,
        max(case when purchase_occasions_count > 0 then activity_date end)
            as last_occasion_date
    from customer_activity
    group by customer_id, business_unit

),

final as (

    select
        customer_id,
        business_unit,
        {{ days_between('last_occasion_date', as_of_date()) }} as recency_days,
        cast(window_occasions_count as bigint) as window_occasions_count,
        {{ money('window_net_revenue') }} as window_net_revenue,
        {{ per_part('window_net_revenue', 'window_occasions_count', 6) }}
            as window_mean_net_revenue,
        cast(lifetime_occasions_count as bigint) as lifetime_occasions_count,
        {{ money('lifetime_net_revenue') }} as lifetime_net_revenue,
        {{ per_part('lifetime_net_revenue', 'lifetime_occasions_count', 6) }}
            as lifetime_mean_net_revenue,
        first_occasion_date,
        last_occasion_date
    from summarised

)

select * from final
