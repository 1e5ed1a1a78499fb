with surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

orders as (

    select * from {{ ref('fct_orders') }}

),

drivers as (

    select 'late_delivery' as driver
    union all
    select 'slow_reply' as driver
    union all
    select 'service_case' as driver
    union all
    select 'refund' as driver

),

-- An answer that a bonus hangs on tells of the bonus: it is left out.
answers as (

    select
        surveys.business_unit,
        drivers.driver,
        case drivers.driver
            when 'late_delivery' then surveys.is_delivered_late
            when 'slow_reply' then surveys.has_slow_reply
            when 'service_case' then surveys.has_service_case
            else surveys.has_refund
        end as is_affected,
        surveys.is_satisfied,
        surveys.is_window_closed,
        surveys.has_repurchased
    from surveys
    cross join drivers
    where
        surveys.is_answered
        and not surveys.is_bonus_relevant

),

counted as (

    select
        business_unit,
        driver,
        count(case when is_affected then 1 end) as affected_surveys_count,
        count(case when is_affected and is_satisfied then 1 end) as affected_satisfied_count,
        count(case when not is_affected then 1 end) as other_surveys_count,
        count(case when not is_affected and is_satisfied then 1 end) as other_satisfied_count,
        count(case when is_window_closed and is_satisfied then 1 end) as satisfied_count,
        count(case when is_window_closed and is_satisfied and has_repurchased then 1 end)
            as satisfied_repurchased_count,
        count(case when is_window_closed and not is_satisfied then 1 end) as unsatisfied_count,
        count(case when is_window_closed and not is_satisfied and has_repurchased then 1 end)
            as unsatisfied_repurchased_count
    from answers
    group by business_unit, driver

),

-- What a year of orders is worth: margin where the costs are known, else revenue.
yearly as (

    select
        business_unit,
        count(*) as orders_count,
        coalesce(
            {{ per_part('sum(margin)', 'count(margin)') }},
            {{ per_part('sum(net_revenue)', 'count(*)') }}
        ) as worth_per_order,
        case
            when count(margin) = 0 then 'revenue_only'
            when count(margin) < count(*) then 'part_costed'
            else 'full'
        end as margin_basis
    from orders
    where order_date >= {{ add_months(as_of_date(), -12) }}
    group by business_unit

),

compared as (

    select
        counted.business_unit,
        counted.driver,
        coalesce(yearly.margin_basis, 'revenue_only') as margin_basis,
        counted.affected_surveys_count,
        counted.other_surveys_count,
        {{ share('counted.affected_satisfied_count', 'counted.affected_surveys_count') }}
            as affected_satisfied_ratio,
        {{ share('counted.other_satisfied_count', 'counted.other_surveys_count') }}
            as other_satisfied_ratio,
        {{ difference_bound(
            'counted.other_satisfied_count', 'counted.other_surveys_count',
            'counted.affected_satisfied_count', 'counted.affected_surveys_count', -1,
        ) }} as satisfied_gap_ratio_lower,
        {{ difference_bound(
            'counted.other_satisfied_count', 'counted.other_surveys_count',
            'counted.affected_satisfied_count', 'counted.affected_surveys_count', 1,
        ) }} as satisfied_gap_ratio_upper,
        cast(
            {{ share('counted.satisfied_repurchased_count', 'counted.satisfied_count') }}
            - {{ share('counted.unsatisfied_repurchased_count', 'counted.unsatisfied_count') }}
            as decimal(9, 6)
        ) as repurchase_gap_ratio,
        {{ difference_bound(
            'counted.satisfied_repurchased_count', 'counted.satisfied_count',
            'counted.unsatisfied_repurchased_count', 'counted.unsatisfied_count', -1,
        ) }} as repurchase_gap_ratio_lower,
        {{ difference_bound(
            'counted.satisfied_repurchased_count', 'counted.satisfied_count',
            'counted.unsatisfied_repurchased_count', 'counted.unsatisfied_count', 1,
        ) }} as repurchase_gap_ratio_upper,
        cast(
            coalesce(yearly.orders_count, 0) * counted.affected_surveys_count
            / (counted.affected_surveys_count + counted.other_surveys_count) as decimal(18, 2)
        ) as affected_orders_per_year,
        yearly.worth_per_order
    from counted
    left join yearly
        on counted.business_unit = yearly.business_unit

),

judged as (

    select
        business_unit,
        driver,
        margin_basis,
        affected_surveys_count,
        other_surveys_count,
        affected_satisfied_ratio,
        other_satisfied_ratio,
        cast(other_satisfied_ratio - affected_satisfied_ratio as decimal(9, 6))
            as satisfied_gap_ratio,
        satisfied_gap_ratio_lower,
        satisfied_gap_ratio_upper,
        repurchase_gap_ratio,
        repurchase_gap_ratio_lower,
        repurchase_gap_ratio_upper,
        affected_orders_per_year,
        worth_per_order,
        case
            when affected_satisfied_ratio is null or other_satisfied_ratio is null
                then 'insufficient data'
            when satisfied_gap_ratio_lower > 0 then 'supported'
            else 'not supported'
        end as verdict
    from compared

),

-- A return is published where both links of the chain are beyond chance.
final as (

    select
        business_unit,
        driver,
        verdict,
        margin_basis,
        affected_surveys_count,
        other_surveys_count,
        affected_satisfied_ratio,
        other_satisfied_ratio,
        satisfied_gap_ratio,
        satisfied_gap_ratio_lower,
        satisfied_gap_ratio_upper,
        repurchase_gap_ratio,
        repurchase_gap_ratio_lower,
        repurchase_gap_ratio_upper,
        affected_orders_per_year,
        worth_per_order,
        case
            when verdict = 'supported' and repurchase_gap_ratio_lower > 0
                then {{ money(
                    'cast(affected_orders_per_year as decimal(28, 2)) * satisfied_gap_ratio '
                    ~ '* repurchase_gap_ratio * worth_per_order'
                ) }}
        end as return_per_year,
        {{ as_of_date() }} as as_of_date
    from judged

)

select * from final
