with facts as (

    {{ known_of_accounts(
        'account_facts', ['information_level', 'topic', 'information_cost', 'gathered_date']
    ) }}

),

projects as (

    {{ of_every_unit('projects__conformed', [
        'project_id',
        'business_unit',
        'customer_id',
        'stage',
        'opened_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

knowledge as (

    select * from {{ ref('fct_account_knowledge') }}
    where subject_kind = 'information_level'

),

spent as (

    select
        business_unit,
        subject,
        count(*) as accounts_count,
        sum(case when known_items_count > 0 then 1 else 0 end) as covered_accounts_count,
        sum(known_items_count) as known_items_count,
        sum(information_cost) as information_cost
    from knowledge
    group by business_unit, subject

),

first_learnt as (

    select
        customer_id,
        information_level,
        min(gathered_date) as first_learnt_date
    from facts
    group by customer_id, information_level

),

-- What was known when a project was opened cannot have come from winning it.
decided as (

    select
        projects.business_unit,
        spent.subject,
        projects.stage = 'won' as is_won,
        coalesce(first_learnt.first_learnt_date < projects.opened_date, false) as was_known
    from projects
    inner join spent
        on projects.business_unit = spent.business_unit
    left join first_learnt
        on
            projects.customer_id = first_learnt.customer_id
            and spent.subject
            = concat('level_', cast(first_learnt.information_level as {{ dbt.type_string() }}))
    where
        projects.stage in ('won', 'lost')
        and projects.closed_date < {{ as_of_date() }}

),

counted as (

    select
        business_unit,
        subject,
        count(case when was_known then 1 end) as informed_projects_count,
        count(case when was_known and is_won then 1 end) as informed_won_count,
        count(case when not was_known then 1 end) as other_projects_count,
        count(case when not was_known and is_won then 1 end) as other_won_count
    from decided
    group by business_unit, subject

),

compared as (

    select
        spent.business_unit,
        spent.subject,
        spent.accounts_count,
        spent.covered_accounts_count,
        spent.known_items_count,
        spent.information_cost,
        {{ enough('spent.known_items_count', per_part(
            'spent.information_cost', 'spent.known_items_count'
        )) }} as cost_per_item,
        coalesce(counted.informed_projects_count, 0) as informed_projects_count,
        coalesce(counted.other_projects_count, 0) as other_projects_count,
        {{ share('counted.informed_won_count', 'counted.informed_projects_count') }}
            as informed_won_ratio,
        {{ share('counted.other_won_count', 'counted.other_projects_count') }} as other_won_ratio,
        {{ difference_bound(
            'counted.informed_won_count', 'counted.informed_projects_count',
            'counted.other_won_count', 'counted.other_projects_count', -1,
        ) }} as won_gap_ratio_lower,
        {{ difference_bound(
            'counted.informed_won_count', 'counted.informed_projects_count',
            'counted.other_won_count', 'counted.other_projects_count', 1,
        ) }} as won_gap_ratio_upper
    from spent
    left join counted
        on
            spent.business_unit = counted.business_unit
            and spent.subject = counted.subject

),

final as (

    select
        business_unit,
        subject,
        case
            when informed_won_ratio is null or other_won_ratio is null then 'insufficient data'
            when won_gap_ratio_lower > 0 then 'supported'
            else 'not supported'
        end as value_verdict,
        cast(accounts_count as bigint) as accounts_count,
        cast(covered_accounts_count as bigint) as covered_accounts_count,
        cast(known_items_count as bigint) as known_items_count,
        {{ money('information_cost') }} as information_cost,
        cost_per_item,
        cast(
            cost_per_item
            - lag(cost_per_item) over (partition by business_unit order by subject)
            as decimal(18, 2)
        ) as cost_above_level_below,
        cast(informed_projects_count as bigint) as informed_projects_count,
        cast(other_projects_count as bigint) as other_projects_count,
        informed_won_ratio,
        other_won_ratio,
        cast(informed_won_ratio - other_won_ratio as decimal(9, 6)) as won_gap_ratio,
        won_gap_ratio_lower,
        won_gap_ratio_upper,
        {{ as_of_date() }} as as_of_date
    from compared

)

select * from final
