{%- set criteria = [
    'company_size',
    'revenue_growth',
    'project_demand',
    'win_ratio',
    'contact_coverage',
    'rival_absence',
] -%}
with customers as (

    select * from {{ ref('int_customers__current') }}
    where not is_unknown

),

rules as (

    select * from {{ ref('account_rules') }}

),

activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

projects as (

    {{ of_every_unit('projects__conformed', [
        'customer_id',
        'stage',
        'opened_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

rivals as (

    {{ of_every_unit('competitor_products__conformed', [
        'customer_id',
        'satisfaction_score',
        'recorded_date',
    ], units=var('relationship_units')) }}

),

touches as (

    select * from {{ ref('int_account_touches__dated') }}

),

criteria as (

    select * from {{ ref('key_account_criteria') }}

),

bought as (

    select
        customer_id,
        sum(
            net_revenue
            * case when activity_date < {{ add_months(as_of_date(), -12) }} then -1 else 1 end
        ) as net_revenue_growth
    from activity
    where activity_date >= {{ add_months(as_of_date(), -24) }}
    group by customer_id

),

decided as (

    select
        customer_id,
        sum(case when opened_date >= {{ add_months(as_of_date(), -12) }} then 1 else 0 end)
            as opened_count,
        sum(
            case
                when
                    closed_date < {{ as_of_date() }}
                    and closed_date >= {{ add_months(as_of_date(), -24) }}
                    then 1
                else 0
            end
        ) as decided_count,
        sum(
            case
                when
                    stage = 'won'
                    and closed_date < {{ as_of_date() }}
                    and closed_date >= {{ add_months(as_of_date(), -24) }}
                    then 1
                else 0
            end
        ) as won_count
    from projects
    where opened_date < {{ as_of_date() }}
    group by customer_id

),

covered_cells as (

    select
        touches.customer_id,
        touches.layer,
        touches.contact_function
    from touches
    inner join rules
        on touches.business_unit = rules.business_unit
    where
        touches.contact_function in ('user', 'technical', 'finance')
        and touches.touched_date
        >= {{ add_days(as_of_date(), '-1 * cast(rules.contact_window_days as integer)') }}
    group by touches.customer_id, touches.layer, touches.contact_function

),

covered as (

    select
        customer_id,
        count(*) as covered_cells_count
    from covered_cells
    group by customer_id

),

liked_rivals as (

    select
        customer_id,
        max(satisfaction_score) as satisfaction_score
    from rivals
    where recorded_date < {{ as_of_date() }}
    group by customer_id

),

-- Candidates are who bought within two years.
measured as (

    select
        customers.business_unit,
        customers.customer_id,
        case customers.company_size
            when 'small' then 0
            when 'medium' then 0.5
            when 'large' then 1
        end as company_size,
        percent_rank() over (
            partition by customers.business_unit order by bought.net_revenue_growth
        ) as revenue_growth,
        percent_rank() over (
            partition by customers.business_unit order by coalesce(decided.opened_count, 0)
        ) as project_demand,
        case
            when decided.decided_count >= 3
                then {{ ratio('decided.won_count', 'decided.decided_count') }}
        end as win_ratio,
        {{ ratio('coalesce(covered.covered_cells_count, 0)', '9') }} as contact_coverage,
        1 - {{ ratio('coalesce(liked_rivals.satisfaction_score - 1, 0)', '4') }} as rival_absence
    from customers
    inner join rules
        on customers.business_unit = rules.business_unit
    inner join bought
        on customers.customer_id = bought.customer_id
    left join decided
        on customers.customer_id = decided.customer_id
    left join covered
        on customers.customer_id = covered.customer_id
    left join liked_rivals
        on customers.customer_id = liked_rivals.customer_id

),

listed as (

    {% for criterion in criteria -%}
    select
        business_unit,
        customer_id,
        '{{ criterion }}' as criterion,
        cast({{ criterion }} as decimal(9, 6)) as scaled_value
    from measured
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        listed.business_unit,
        listed.customer_id,
        listed.criterion,
        criteria.axis,
        criteria.weight,
        listed.scaled_value
    from listed
    inner join criteria
        on listed.criterion = criteria.criterion

)

select * from final
