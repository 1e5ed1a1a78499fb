with landed as (

    select * from {{ ref('stg_industrial__employees') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__employee_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'employees'

),

{{ landed_history(['employee_id']) }},

{{ described_history(['employee_id'], [
    'employee_role',
]) }}

select * from described
