with assignments as (

    {{ known_of_accounts('team_assignments', [
        'assignment_id',
        'employee_id',
        'team_role',
        'assigned_from_date',
        'assigned_to_date',
    ]) }}

),

-- Two accounts of one company may each have a team: the newest member of a role counts.
current_members as (

    select
        business_unit,
        customer_id,
        team_role,
        employee_id,
        assigned_from_date,
        row_number() over (
            partition by customer_id, team_role
            order by assigned_from_date desc, assignment_id desc
        ) as newest_first
    from assignments
    where
        assigned_from_date < {{ as_of_date() }}
        and (assigned_to_date is null or assigned_to_date >= {{ as_of_date() }})

),

final as (

    select
        business_unit,
        customer_id,
        max(case when team_role = 'account_manager' then employee_id end) as account_manager_id,
        max(case when team_role = 'executive_sponsor' then employee_id end) as executive_sponsor_id,
        max(case when team_role = 'sales_management' then employee_id end) as sales_management_id,
        max(case when team_role = 'executive_sponsor' then assigned_from_date end)
            as sponsored_from_date
    from current_members
    where newest_first = 1
    group by business_unit, customer_id

)

select * from final
