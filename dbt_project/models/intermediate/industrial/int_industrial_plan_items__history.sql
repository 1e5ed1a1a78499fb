with landed as (

    select * from {{ ref('stg_industrial__plan_items') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__plan_item_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'plan_items'

),

{{ landed_history(['plan_item_id'], own_start='landed.created_date') }},

{{ described_history(['plan_item_id'], [
    'account_id',
    'owner_id',
    'planned_action',
    'created_date',
    'due_date',
    'done_date',
]) }}

select * from described
