with segmented as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

-- Customers without revenue in the window are part of the picture, with nothing.
ranked as (

    select
        business_unit,
        snapshot_date,
        greatest(window_net_revenue, 0) as revenue,
        row_number() over (
            partition by business_unit, snapshot_date
            order by window_net_revenue desc, customer_id
        ) as revenue_rank,
        count(*) over (partition by business_unit, snapshot_date) as customers_count
    from segmented

),

-- Gini of n values x by descending rank i: (n + 1 - 2 sum(i x) / sum(x)) / n, turned around.
summed as (

    select
        business_unit,
        snapshot_date,
        max(customers_count) as customers_count,
        {{ money('sum(revenue)') }} as revenue,
        sum(revenue * revenue_rank) as rank_weighted_revenue,
        {{ money('sum(case when 100 * revenue_rank <= customers_count then revenue else 0 end)') }}
            as top_1_percent_revenue,
        {{ money('sum(case when 10 * revenue_rank <= customers_count then revenue else 0 end)') }}
            as top_10_percent_revenue,
        {{ money('sum(case when 5 * revenue_rank <= customers_count then revenue else 0 end)') }}
            as top_20_percent_revenue
    from ranked
    group by business_unit, snapshot_date

),

final as (

    select
        business_unit,
        snapshot_date,
        customers_count,
        revenue as window_net_revenue,
        case
            when revenue > 0 and customers_count > 0
                then (
                    customers_count + 1
                    - 2 * cast(rank_weighted_revenue as double) / cast(revenue as double)
                ) / customers_count
        end as gini_coefficient,
        {{ per_part('top_1_percent_revenue', 'revenue', 4) }} as top_1_percent_revenue_ratio,
        {{ per_part('top_10_percent_revenue', 'revenue', 4) }} as top_10_percent_revenue_ratio,
        {{ per_part('top_20_percent_revenue', 'revenue', 4) }} as top_20_percent_revenue_ratio
    from summed

)

select * from final
