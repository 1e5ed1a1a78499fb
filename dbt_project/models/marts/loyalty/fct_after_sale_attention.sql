with projects as (

    {{ of_every_unit('projects__conformed', [
        'project_id',
        'business_unit',
        'product_family',
        'stage',
        'opened_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

touches as (

    {{ of_every_unit('touches__conformed', [
        'project_id',
        'direction',
        'touched_date',
    ], units=var('relationship_units')) }}

),

service_cases as (

    {{ of_every_unit('service_cases__conformed', [
        'project_id',
        'first_reply_hours',
        'opened_date',
    ], units=var('relationship_units')) }}

),

phases as (

    select * from {{ ref('sale_phases') }}

),

last_days as (

    select max(last_day) as last_day
    from phases

),

-- Sales whose last phase is over: one that is still being watched would look neglected.
sale_phases as (

    select
        projects.project_id,
        projects.business_unit,
        projects.product_family,
        phases.phase,
        phases.reply_window_days,
        {{ add_days('projects.closed_date', 'cast(phases.last_day as integer)') }}
            as last_phase_date,
        greatest(
            {{ add_days('projects.closed_date', 'cast(phases.first_day as integer)') }},
            projects.opened_date
        ) as first_phase_date
    from projects
    cross join phases
    cross join last_days
    where
        projects.stage = 'won'
        and {{ add_days('projects.closed_date', 'cast(last_days.last_day as integer)') }}
        < {{ as_of_date() }}

),

touched as (

    select
        sale_phases.project_id,
        sale_phases.phase,
        count(*) as seller_touches_count
    from sale_phases
    inner join touches
        on
            sale_phases.project_id = touches.project_id
            and sale_phases.first_phase_date <= touches.touched_date
            and sale_phases.last_phase_date >= touches.touched_date
    where touches.direction = 'out'
    group by sale_phases.project_id, sale_phases.phase

),

helped as (

    select
        sale_phases.business_unit,
        sale_phases.product_family,
        sale_phases.phase,
        service_cases.first_reply_hours,
        {{ add_days(
            'service_cases.opened_date', 'cast(sale_phases.reply_window_days as integer)'
        ) }} <= {{ as_of_date() }} as is_reply_due
    from sale_phases
    inner join service_cases
        on
            sale_phases.project_id = service_cases.project_id
            and sale_phases.first_phase_date <= service_cases.opened_date
            and sale_phases.last_phase_date >= service_cases.opened_date

),

scopes as (

    select 'all' as scope
    union all
    select 'product_family' as scope

),

sold as (

    select
        sale_phases.business_unit,
        sale_phases.phase,
        case scopes.scope when 'all' then 'all' else sale_phases.product_family end
            as product_family,
        count(*) as sales_count,
        cast(
            sum(
                {{ days_between('sale_phases.first_phase_date', 'sale_phases.last_phase_date') }}
                + 1
            ) as bigint
        ) as phase_days,
        cast(coalesce(sum(touched.seller_touches_count), 0) as bigint) as seller_touches_count
    from sale_phases
    cross join scopes
    left join touched
        on
            sale_phases.project_id = touched.project_id
            and sale_phases.phase = touched.phase
    group by
        sale_phases.business_unit,
        sale_phases.phase,
        case scopes.scope when 'all' then 'all' else sale_phases.product_family end

),

needed as (

    select
        helped.business_unit,
        helped.phase,
        case scopes.scope when 'all' then 'all' else helped.product_family end as product_family,
        count(*) as service_cases_count,
        count(case when helped.is_reply_due then 1 end) as due_cases_count,
        count(case when helped.is_reply_due and helped.first_reply_hours is null then 1 end)
            as unanswered_cases_count,
        percentile_disc(0.5) within group (order by helped.first_reply_hours)
            as median_first_reply_hours
    from helped
    cross join scopes
    group by
        helped.business_unit,
        helped.phase,
        case scopes.scope when 'all' then 'all' else helped.product_family end

),

joined as (

    select
        sold.business_unit,
        sold.product_family,
        sold.phase,
        sold.sales_count,
        sold.phase_days,
        sold.seller_touches_count,
        coalesce(needed.service_cases_count, 0) as service_cases_count,
        coalesce(needed.due_cases_count, 0) as due_cases_count,
        coalesce(needed.unanswered_cases_count, 0) as unanswered_cases_count,
        needed.median_first_reply_hours
    from sold
    left join needed
        on
            sold.business_unit = needed.business_unit
            and sold.phase = needed.phase
            and sold.product_family = needed.product_family

),

rated as (

    select
        business_unit,
        product_family,
        phase,
        sales_count,
        phase_days,
        seller_touches_count,
        service_cases_count,
        due_cases_count,
        unanswered_cases_count,
        {{ enough('sales_count', ratio('30 * seller_touches_count', 'phase_days')) }}
            as seller_touches_per_30_days,
        {{ enough('sales_count', ratio('30 * service_cases_count', 'phase_days')) }}
            as service_cases_per_30_days,
        {{ enough('service_cases_count', 'median_first_reply_hours') }}
            as median_first_reply_hours
    from joined

),

final as (

    select
        business_unit,
        product_family,
        phase,
        {{ data_basis('sales_count') }} as data_basis,
        sales_count,
        phase_days,
        seller_touches_count,
        service_cases_count,
        seller_touches_per_30_days,
        service_cases_per_30_days,
        cast(seller_touches_per_30_days - service_cases_per_30_days as decimal(9, 6))
            as attention_gap_per_30_days,
        due_cases_count,
        unanswered_cases_count,
        {{ share('unanswered_cases_count', 'due_cases_count') }} as unanswered_ratio,
        {{ wilson_bound('unanswered_cases_count', 'due_cases_count', -1) }}
            as unanswered_ratio_lower,
        {{ wilson_bound('unanswered_cases_count', 'due_cases_count', 1) }}
            as unanswered_ratio_upper,
        median_first_reply_hours,
        {{ as_of_date() }} as as_of_date
    from rated

)

select * from final
