with landed as (

    select * from {{ ref('stg_industrial__team_assignments') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__team_assignment_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'team_assignments'

),

{{ landed_history(['assignment_id'], own_start='landed.assigned_from_date') }},

{{ described_history(['assignment_id'], [
    'account_id',
    'employee_id',
    'team_role',
    'assigned_from_date',
    'assigned_to_date',
]) }}

select * from described
