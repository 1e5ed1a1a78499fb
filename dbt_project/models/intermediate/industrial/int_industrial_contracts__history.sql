with landed as (

    select * from {{ ref('stg_industrial__contracts') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__contract_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'contracts'

),

{{ landed_history(['contract_id'], own_start='landed.starts_date') }},

{{ described_history(['contract_id'], [
    'account_id',
    'starts_date',
    'ends_date',
    'terminated_date',
]) }}

select * from described
