with occasions as (

    select * from {{ ref('int_customers__occasions') }}

),

rules as (

    select * from {{ ref('customer_status_rules') }}

),

-- A customer may be lost, come back and be lost again: each time counts.
losses as (

    select
        occasions.business_unit,
        {{ month_start('occasions.lost_date') }} as lost_month_date,
        rules.return_window_days,
        {{ add_days('occasions.lost_date', 'cast(rules.return_window_days as integer)') }}
        <= {{ as_of_date() }} as is_window_closed,
        occasions.next_occasion_date is not null as has_returned,
        coalesce(
            occasions.next_occasion_date
            < {{ add_days('occasions.lost_date', 'cast(rules.return_window_days as integer)') }},
            false
        ) as has_returned_in_window
    from occasions
    inner join rules
        on occasions.business_unit = rules.business_unit
    where
        occasions.lost_date <= {{ as_of_date() }}
        and (
            occasions.next_occasion_date is null
            or occasions.next_occasion_date >= occasions.lost_date
        )

),

summed as (

    select
        business_unit,
        lost_month_date,
        min(return_window_days) as return_window_days,
        count(*) as losses_count,
        cast(sum(case when has_returned then 1 else 0 end) as bigint) as returns_to_date_count,
        cast(sum(case when is_window_closed then 1 else 0 end) as bigint) as closed_losses_count,
        cast(
            sum(case when is_window_closed and has_returned_in_window then 1 else 0 end) as bigint
        ) as returns_in_window_count
    from losses
    group by business_unit, lost_month_date

),

-- A month alone often holds too few closed losses for a share; all months up to it hold more.
cumulated as (

    select
        business_unit,
        lost_month_date,
        return_window_days,
        losses_count,
        returns_to_date_count,
        closed_losses_count,
        returns_in_window_count,
        cast(sum(closed_losses_count) over (
            partition by business_unit order by lost_month_date rows unbounded preceding
        ) as bigint) as cumulative_closed_losses_count,
        cast(sum(returns_in_window_count) over (
            partition by business_unit order by lost_month_date rows unbounded preceding
        ) as bigint) as cumulative_returns_in_window_count
    from summed

),

final as (

    select
        business_unit,
        lost_month_date,
        cast(return_window_days as bigint) as return_window_days,
        losses_count,
        returns_to_date_count,
        closed_losses_count,
        returns_in_window_count,
        {{ share('returns_in_window_count', 'closed_losses_count') }} as return_ratio,
        {{ wilson_bound('returns_in_window_count', 'closed_losses_count', -1) }}
            as return_ratio_lower,
        {{ wilson_bound('returns_in_window_count', 'closed_losses_count', 1) }}
            as return_ratio_upper,
        {{ data_basis('closed_losses_count') }} as data_basis,
        cumulative_closed_losses_count,
        cumulative_returns_in_window_count,
        {{ share('cumulative_returns_in_window_count', 'cumulative_closed_losses_count') }}
            as cumulative_return_ratio,
        {{ wilson_bound(
            'cumulative_returns_in_window_count', 'cumulative_closed_losses_count', -1
        ) }} as cumulative_return_ratio_lower,
        {{ wilson_bound(
            'cumulative_returns_in_window_count', 'cumulative_closed_losses_count', 1
        ) }} as cumulative_return_ratio_upper,
        {{ data_basis('cumulative_closed_losses_count') }} as cumulative_data_basis
    from cumulated

)

select * from final
