with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

rules as (

    select * from {{ ref('customer_status_rules') }}

),

-- The unknown member is nobody: it has money but no habits.
occasions as (

    select
        activity.customer_id,
        activity.business_unit,
        activity.activity_date as occasion_date
    from activity
    inner join customers
        on activity.customer_id = customers.customer_id
    where
        activity.purchase_occasions_count > 0
        and not customers.is_unknown

),

numbered as (

    select
        customer_id,
        business_unit,
        occasion_date,
        row_number() over (
            partition by customer_id order by occasion_date
        ) as occasion_number,
        min(occasion_date) over (partition by customer_id) as first_occasion_date,
        lag(occasion_date) over (
            partition by customer_id order by occasion_date
        ) as previous_occasion_date,
        lead(occasion_date) over (
            partition by customer_id order by occasion_date
        ) as next_occasion_date
    from occasions

),

spaced as (

    select
        customer_id,
        business_unit,
        occasion_number,
        {{ days_between('previous_occasion_date', 'occasion_date') }} as gap_days,
        {{ days_between('first_occasion_date', 'occasion_date') }} as age_days,
        occasion_date,
        next_occasion_date
    from numbered

),

habits as (

    select
        customer_id,
        business_unit,
        occasion_number,
        gap_days,
        age_days,
        {{ running_quantile('gap_days', 0.9, 'customer_id', 'occasion_number') }}
            as long_gap_days,
        occasion_date,
        next_occasion_date
    from spaced

),

-- How long a silence after this occasion may last: by the customer's own habit as soon as there
-- is one, else by the unit's days. Whole days: R > k g is R > floor(k g).
patience as (

    select
        habits.customer_id,
        habits.business_unit,
        habits.occasion_number,
        habits.gap_days,
        habits.age_days,
        habits.long_gap_days,
        habits.occasion_number >= rules.habit_occasions_count as has_habit,
        case
            when habits.occasion_number >= rules.habit_occasions_count
                then greatest(
                    cast(
                        floor(
                            cast(rules.lost_gap_multiple * habits.age_days as decimal(18, 6))
                            / (habits.occasion_number - 1)
                        ) as bigint
                    ),
                    rules.lost_floor_days
                )
            else rules.slow_lost_days
        end as lost_after_days,
        rules.slow_slipping_days,
        rules.return_window_days,
        habits.occasion_date,
        habits.next_occasion_date
    from habits
    inner join rules
        on habits.business_unit = rules.business_unit

),

judged as (

    select
        customer_id,
        business_unit,
        occasion_number,
        gap_days,
        age_days,
        long_gap_days,
        case
            when has_habit then least(long_gap_days, lost_after_days)
            else least(slow_slipping_days, lost_after_days)
        end as slipping_after_days,
        lost_after_days,
        has_habit,
        coalesce(
            gap_days > lag(lost_after_days) over (
                partition by customer_id order by occasion_number
            ),
            false
        ) as is_return,
        return_window_days,
        occasion_date,
        next_occasion_date
    from patience

),

final as (

    select
        customer_id,
        business_unit,
        occasion_number,
        gap_days,
        {{ per_part('age_days', '(occasion_number - 1)', 2) }} as mean_gap_days,
        long_gap_days,
        slipping_after_days,
        lost_after_days,
        has_habit,
        is_return,
        occasion_date,
        next_occasion_date,
        {{ add_days('occasion_date', 'cast(slipping_after_days + 1 as integer)') }}
            as slipping_date,
        {{ add_days('occasion_date', 'cast(lost_after_days + 1 as integer)') }} as lost_date,
        max(
            case
                when is_return
                    then {{ add_days('occasion_date', 'cast(return_window_days as integer)') }}
            end
        ) over (
            partition by customer_id order by occasion_number rows unbounded preceding
        ) as reactivated_until_date
    from judged

)

select * from final
