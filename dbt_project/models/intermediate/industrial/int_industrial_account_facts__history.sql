with landed as (

    select * from {{ ref('stg_industrial__account_facts') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_fact_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'account_facts'

),

{{ landed_history(['fact_id'], own_start='landed.gathered_date') }},

{{ described_history(['fact_id'], [
    'account_id',
    'information_level',
    'topic',
    'fact_source',
    'information_cost',
    'gathered_date',
]) }}

select * from described
