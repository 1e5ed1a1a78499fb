with landed as (

    select * from {{ ref('stg_industrial__account_expenses') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_expense_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'account_expenses'

),

{{ landed_history(['expense_id'], own_start='landed.spent_date') }},

{{ described_history(['expense_id'], [
    'account_id',
    'employee_id',
    'purpose',
    'expense',
    'spent_date',
]) }}

select * from described
