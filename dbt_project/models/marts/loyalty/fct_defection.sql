with orders as (

    select * from {{ ref('int_orders__assembled') }}
    where not is_customer_unknown

),

contracts as (

    {{ of_every_unit('contracts__conformed', [
        'customer_id',
        'business_unit',
        'starts_date',
        'ended_date',
    ], units=var('relationship_units')) }}

),

snapshots as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

months as (

    select * from {{ ref('int_months__calendar') }}

),

rules as (

    select * from {{ ref('defection_periods') }}

),

-- Periods begin with the calendar year and divide it.
periods as (

    select
        rules.business_unit,
        rules.period_months,
        months.month_start_date as period_start_date,
        {{ add_months('months.month_start_date', 'cast(rules.period_months as integer)') }}
            as next_period_start_date,
        {{ add_months('months.month_start_date', 'cast(2 * rules.period_months as integer)') }}
            as followed_until_date
    from rules
    cross join months
    where
        {{ months_between("cast('1900-01-01' as date)", 'months.month_start_date') }}
        % rules.period_months = 0

),

bought as (

    select
        orders.customer_id,
        periods.business_unit,
        periods.period_start_date
    from periods
    inner join orders
        on
            periods.business_unit = orders.business_unit
            and periods.period_start_date <= orders.order_date
            and periods.next_period_start_date > orders.order_date
    group by orders.customer_id, periods.business_unit, periods.period_start_date

),

bound as (

    select
        contracts.customer_id,
        periods.business_unit,
        periods.period_start_date
    from periods
    inner join contracts
        on
            periods.business_unit = contracts.business_unit
            and periods.next_period_start_date > contracts.starts_date
            and periods.period_start_date < contracts.ended_date
    group by contracts.customer_id, periods.business_unit, periods.period_start_date

),

-- Active is who has a contract in force on a day of the period, or without one buys in it.
active as (

    select
        customer_id,
        business_unit,
        'contractual' as relation_kind,
        period_start_date
    from bound
    union all
    select
        bought.customer_id,
        bought.business_unit,
        'non_contractual' as relation_kind,
        bought.period_start_date
    from bought
    left join bound
        on
            bought.customer_id = bound.customer_id
            and bought.period_start_date = bound.period_start_date
    where bound.customer_id is null

),

-- Who ends a contract is gone, whatever is still bought; who never had one stays by either.
followed as (

    select
        active.business_unit,
        active.relation_kind,
        active.period_start_date,
        periods.next_period_start_date,
        coalesce(snapshots.segment, 'without_orders') as segment,
        stayed.customer_id is not null as has_stayed
    from active
    inner join periods
        on
            active.business_unit = periods.business_unit
            and active.period_start_date = periods.period_start_date
    left join active as stayed
        on
            active.customer_id = stayed.customer_id
            and periods.next_period_start_date = stayed.period_start_date
            and (
                active.relation_kind = 'non_contractual'
                or stayed.relation_kind = 'contractual'
            )
    left join snapshots
        on
            active.customer_id = snapshots.customer_id
            and periods.next_period_start_date = snapshots.snapshot_date
    where periods.followed_until_date <= {{ as_of_date() }}

),

scopes as (

    select 'all' as scope
    union all
    select 'segment' as scope

),

counted as (

    select
        followed.business_unit,
        followed.period_start_date,
        followed.next_period_start_date,
        followed.relation_kind,
        case scopes.scope when 'all' then 'all' else followed.segment end as segment,
        count(*) as customers_count,
        count(case when followed.has_stayed then 1 end) as retained_customers_count,
        count(case when not followed.has_stayed then 1 end) as defected_customers_count
    from followed
    cross join scopes
    group by
        followed.business_unit,
        followed.period_start_date,
        followed.next_period_start_date,
        followed.relation_kind,
        case scopes.scope when 'all' then 'all' else followed.segment end

),

final as (

    select
        business_unit,
        period_start_date,
        relation_kind,
        segment,
        {{ data_basis('customers_count') }} as data_basis,
        {{ months_between('period_start_date', 'next_period_start_date') }} as period_months,
        customers_count,
        retained_customers_count,
        defected_customers_count,
        {{ share('defected_customers_count', 'customers_count') }} as defection_ratio,
        {{ wilson_bound('defected_customers_count', 'customers_count', -1) }}
            as defection_ratio_lower,
        {{ wilson_bound('defected_customers_count', 'customers_count', 1) }}
            as defection_ratio_upper,
        next_period_start_date,
        {{ as_of_date() }} as as_of_date
    from counted

)

select * from final
