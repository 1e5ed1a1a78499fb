with watched as (

    select * from {{ ref('int_takeovers__watched') }}

),

months as (

    select * from {{ ref('int_customers__monthly_activity') }}

),

numbered as (

    select
        business_unit,
        customer_id,
        quarter_start_date,
        has_enough_touches,
        is_warned,
        is_warned and not coalesce(
            lag(is_warned) over (
                partition by business_unit, customer_id order by quarter_start_date
            ),
            false
        ) as is_first_warning,
        outcome,
        outcome_date
    from watched

),

tallied as (

    select
        business_unit,
        outcome_date,
        sum(case when is_first_warning then 1 else 0 end) as warnings_count,
        sum(case when is_first_warning and outcome = 'lost' then 1 else 0 end)
            as warned_losses_count,
        sum(case when has_enough_touches and not is_warned then 1 else 0 end) as unwarned_count,
        sum(case when has_enough_touches and not is_warned and outcome = 'lost' then 1 else 0 end)
            as unwarned_losses_count
    from numbered
    group by business_unit, outcome_date

),

quarters as (

    select
        business_unit,
        quarter_start_date,
        next_quarter_start_date
    from watched
    group by business_unit, quarter_start_date, next_quarter_start_date

),

-- The record by the end of a quarter: cases whose outcome could be told by then.
recorded as (

    select
        quarters.business_unit,
        quarters.quarter_start_date,
        coalesce(sum(tallied.warnings_count), 0) as past_warnings_count,
        coalesce(sum(tallied.warned_losses_count), 0) as past_warned_losses_count,
        coalesce(sum(tallied.unwarned_count), 0) as past_unwarned_count,
        coalesce(sum(tallied.unwarned_losses_count), 0) as past_unwarned_losses_count
    from quarters
    left join tallied
        on
            quarters.business_unit = tallied.business_unit
            and quarters.next_quarter_start_date >= tallied.outcome_date
    group by quarters.business_unit, quarters.quarter_start_date

),

revenues as (

    select
        watched.business_unit,
        watched.customer_id,
        watched.quarter_start_date,
        sum(months.net_revenue) as net_revenue
    from watched
    inner join months
        on
            watched.customer_id = months.customer_id
            and watched.next_quarter_start_date > months.month_start_date
            and months.month_start_date >= {{ add_months('watched.next_quarter_start_date', -12) }}
    group by watched.business_unit, watched.customer_id, watched.quarter_start_date

),

final as (

    select
        watched.customer_id,
        watched.quarter_start_date,
        watched.business_unit,
        case
            when not watched.has_enough_touches then 'insufficient data'
            when watched.is_warned then 'procurement takeover'
            else 'none'
        end as warning,
        watched.outcome,
        {{ money('coalesce(revenues.net_revenue, 0)') }} as net_revenue_last_12_months,
        case
            when watched.is_warned then {{ money('coalesce(revenues.net_revenue, 0)') }}
            else {{ money('0') }}
        end as revenue_at_risk,
        watched.procurement_ratio,
        watched.procurement_before_ratio,
        watched.application_ratio,
        watched.application_before_ratio,
        watched.rise_deviations,
        watched.touches_count,
        watched.touches_before_count,
        cast(recorded.past_warnings_count as bigint) as past_warnings_count,
        {{ share('recorded.past_warned_losses_count', 'recorded.past_warnings_count') }}
            as past_precision_ratio,
        {{ wilson_bound('recorded.past_warned_losses_count', 'recorded.past_warnings_count', -1) }}
            as past_precision_ratio_lower,
        {{ wilson_bound('recorded.past_warned_losses_count', 'recorded.past_warnings_count', 1) }}
            as past_precision_ratio_upper,
        cast(recorded.past_unwarned_count as bigint) as past_unwarned_count,
        {{ share('recorded.past_unwarned_losses_count', 'recorded.past_unwarned_count') }}
            as past_unwarned_loss_ratio,
        {{ data_basis('recorded.past_warnings_count') }} as data_basis,
        watched.is_warned,
        numbered.is_first_warning,
        watched.outcome_date
    from watched
    inner join numbered
        on
            watched.business_unit = numbered.business_unit
            and watched.customer_id = numbered.customer_id
            and watched.quarter_start_date = numbered.quarter_start_date
    inner join recorded
        on
            watched.business_unit = recorded.business_unit
            and watched.quarter_start_date = recorded.quarter_start_date
    left join revenues
        on
            watched.business_unit = revenues.business_unit
            and watched.customer_id = revenues.customer_id
            and watched.quarter_start_date = revenues.quarter_start_date

)

select * from final
