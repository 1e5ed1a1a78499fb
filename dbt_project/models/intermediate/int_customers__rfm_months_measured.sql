with months as (

    select * from {{ ref('int_customers__monthly_activity') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

summed as (

    select
        months.customer_id,
        months.business_unit,
        months.is_complete,
        sum(months.purchase_occasions_count) over (
            partition by months.customer_id order by months.month_start_date
            rows between {{ var('rfm_window_months') - 1 }} preceding and current row
        ) as window_occasions_count,
        sum(months.net_revenue) over (
            partition by months.customer_id order by months.month_start_date
            rows between {{ var('rfm_window_months') - 1 }} preceding and current row
        ) as window_net_revenue,
        sum(months.purchase_occasions_count) over (
            partition by months.customer_id order by months.month_start_date
            rows unbounded preceding
        ) as lifetime_occasions_count,
        months.cumulative_net_revenue as lifetime_net_revenue,
        {{ add_months('months.month_start_date', 1) }} as snapshot_date
    from months
    inner join customers
        on months.customer_id = customers.customer_id
    where not customers.is_unknown

),

final as (

    select
        customer_id,
        business_unit,
        cast(window_occasions_count as bigint) as window_occasions_count,
        {{ money('window_net_revenue') }} as window_net_revenue,
        cast(lifetime_occasions_count as bigint) as lifetime_occasions_count,
        lifetime_net_revenue,
        snapshot_date
    from summed
    where
        is_complete
        and lifetime_occasions_count > 0

)

select * from final
