with teams as (

    select * from {{ ref('int_account_teams__current') }}
    where account_manager_id is not null

),

assignments as (

    {{ known_of_accounts('team_assignments', [
        'employee_id',
        'team_role',
        'assigned_from_date',
        'assigned_to_date',
    ]) }}

),

purchases as (

    select * from {{ ref('int_purchases__repeated') }}

),

coverage as (

    select * from {{ ref('fct_account_coverage') }}

),

surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

askers as (

    select * from {{ ref('fct_survey_askers') }}

),

accounts as (

    select
        coverage.business_unit,
        coverage.account_manager_id,
        count(*) as accounts_count,
        sum(case when coverage.is_key_account then 1 else 0 end) as key_accounts_count,
        sum(case when coverage.thread_verdict = 'single-threaded' then 1 else 0 end)
            as single_threaded_accounts_count,
        sum(case when coverage.sponsor_status = 'gap' then 1 else 0 end) as sponsor_gaps_count,
        sum(coverage.overdue_items_count) as overdue_items_count,
        sum(case when coverage.meeting_status = 'missed' then 1 else 0 end)
            as missed_meetings_count,
        sum(coverage.covered_cells_count) as covered_cells_count,
        sum(coverage.deliveries_count) as deliveries_count,
        sum(coverage.on_time_deliveries_count) as on_time_deliveries_count,
        sum(coverage.budget) as budget,
        sum(coverage.expense) as expense,
        sum(coverage.complaints_count) as complaints_count,
        sum(coverage.answered_complaints_count) as answered_complaints_count
    from coverage
    inner join teams
        on coverage.customer_id = teams.customer_id
    group by coverage.business_unit, coverage.account_manager_id

),

-- A purchase and a survey belong to who managed the account on their day.
followed as (

    select
        customer_id,
        order_date as followed_date,
        1 as purchases_count,
        case when is_repeated then 1 else 0 end as repeated_purchases_count,
        0 as answered_surveys_count,
        0 as satisfied_surveys_count
    from purchases
    union all
    select
        customer_id,
        sent_date as followed_date,
        0 as purchases_count,
        0 as repeated_purchases_count,
        case when is_answered then 1 else 0 end as answered_surveys_count,
        case when is_satisfied then 1 else 0 end as satisfied_surveys_count
    from surveys

),

repeated as (

    select
        assignments.business_unit,
        assignments.employee_id,
        sum(followed.purchases_count) as purchases_count,
        sum(followed.repeated_purchases_count) as repeated_purchases_count,
        sum(followed.answered_surveys_count) as answered_surveys_count,
        sum(followed.satisfied_surveys_count) as satisfied_surveys_count
    from followed
    inner join assignments
        on
            followed.customer_id = assignments.customer_id
            and assignments.team_role = 'account_manager'
            and followed.followed_date >= assignments.assigned_from_date
            and (
                assignments.assigned_to_date is null
                or followed.followed_date < assignments.assigned_to_date
            )
    group by assignments.business_unit, assignments.employee_id

),

all_repeated as (

    select
        business_unit,
        sum(purchases_count) as purchases_count,
        sum(repeated_purchases_count) as repeated_purchases_count
    from repeated
    group by business_unit

),

final as (

    select
        accounts.business_unit,
        accounts.account_manager_id,
        cast(accounts.accounts_count as bigint) as accounts_count,
        cast(accounts.key_accounts_count as bigint) as key_accounts_count,
        cast(coalesce(repeated.purchases_count, 0) as bigint) as purchases_count,
        cast(coalesce(repeated.repeated_purchases_count, 0) as bigint) as repeated_purchases_count,
        {{ share('repeated.repeated_purchases_count', 'repeated.purchases_count') }}
            as repurchase_ratio,
        {{ wilson_bound('repeated.repeated_purchases_count', 'repeated.purchases_count', -1) }}
            as repurchase_ratio_lower,
        {{ wilson_bound('repeated.repeated_purchases_count', 'repeated.purchases_count', 1) }}
            as repurchase_ratio_upper,
        {{ share('all_repeated.repeated_purchases_count', 'all_repeated.purchases_count') }}
            as unit_repurchase_ratio,
        {{ data_basis('coalesce(repeated.purchases_count, 0)') }} as data_basis,
        cast(coalesce(repeated.answered_surveys_count, 0) as bigint) as answered_surveys_count,
        {{ share('repeated.satisfied_surveys_count', 'repeated.answered_surveys_count') }}
            as satisfied_ratio,
        coalesce(askers.is_standing_out, false) as is_standing_out,
        {{ ratio('accounts.covered_cells_count', '9 * accounts.accounts_count') }}
            as covered_cells_ratio,
        cast(accounts.single_threaded_accounts_count as bigint) as single_threaded_accounts_count,
        cast(accounts.sponsor_gaps_count as bigint) as sponsor_gaps_count,
        cast(accounts.overdue_items_count as bigint) as overdue_items_count,
        cast(accounts.missed_meetings_count as bigint) as missed_meetings_count,
        cast(accounts.complaints_count as bigint) as complaints_count,
        cast(accounts.answered_complaints_count as bigint) as answered_complaints_count,
        cast(accounts.deliveries_count as bigint) as deliveries_count,
        {{ share('accounts.on_time_deliveries_count', 'accounts.deliveries_count') }}
            as on_time_ratio,
        {{ money('coalesce(accounts.budget, 0)') }} as budget,
        {{ money('coalesce(accounts.expense, 0)') }} as expense,
        {{ as_of_date() }} as as_of_date
    from accounts
    left join repeated
        on
            accounts.business_unit = repeated.business_unit
            and accounts.account_manager_id = repeated.employee_id
    left join all_repeated
        on accounts.business_unit = all_repeated.business_unit
    left join askers
        on
            accounts.business_unit = askers.business_unit
            and accounts.account_manager_id = askers.asked_by_id

)

select * from final
