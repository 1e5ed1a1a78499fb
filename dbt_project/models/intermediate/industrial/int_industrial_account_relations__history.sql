with landed as (

    select * from {{ ref('stg_industrial__account_relations') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_relation_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'account_relations'

),

{{ landed_history(['relation_id'], own_start='landed.recorded_date') }},

{{ described_history(['relation_id'], [
    'upstream_account_id',
    'downstream_account_id',
    'relation_kind',
    'recorded_date',
]) }}

select * from described
