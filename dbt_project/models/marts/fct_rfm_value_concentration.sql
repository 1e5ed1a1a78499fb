with segmented as {{ read_anew() }} (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

counted as (

    select
        business_unit,
        snapshot_date,
        count(*) as customers_count
    from segmented
    group by business_unit, snapshot_date

),

-- Customers without revenue in the window are part of the picture, with nothing. Which of two with
-- the same revenue comes first changes no sum.
ranked as (

    select
        segmented.business_unit,
        segmented.snapshot_date,
        greatest(segmented.window_net_revenue, 0) as revenue,
        row_number() over (
            partition by segmented.business_unit, segmented.snapshot_date
            order by segmented.window_net_revenue desc
        ) as revenue_rank,
        counted.customers_count
    from segmented
    inner join counted
        on
            segmented.business_unit = counted.business_unit
            and segmented.snapshot_date = counted.snapshot_date

),

-- Gini of n values x by descending rank i: (n + 1 - 2 sum(i x) / sum(x)) / n.
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
        cast(
            (customers_count + 1 - 2 * rank_weighted_revenue / nullif(revenue, 0))
            / customers_count as decimal(9, 6)
        ) as gini_coefficient,
        -- Of fewer customers than that, one alone is more than the share.
        case when customers_count >= 100 then {{ ratio('top_1_percent_revenue', 'revenue') }} end
            as top_1_percent_revenue_ratio,
        case when customers_count >= 10 then {{ ratio('top_10_percent_revenue', 'revenue') }} end
            as top_10_percent_revenue_ratio,
        case when customers_count >= 5 then {{ ratio('top_20_percent_revenue', 'revenue') }} end
            as top_20_percent_revenue_ratio
    from summed

)

select * from final
