with landed as (

    select * from {{ ref('stg_industrial__account_budgets') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_budget_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'account_budgets'

),

{{ landed_history(['account_id', 'budget_year']) }},

{{ described_history(['account_id', 'budget_year'], [
    'budget',
]) }}

select * from described
