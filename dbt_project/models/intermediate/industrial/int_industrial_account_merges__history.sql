with landed as (

    select * from {{ ref('stg_industrial__account_merges') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_merge_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'account_merges'

),

{{ landed_history(['merge_id']) }},

{{ described_history(['merge_id'], [
    'losing_account_id',
    'surviving_account_id',
    'undoes_merge_id',
    'merge_kind',
    'merged_at_utc',
]) }}

select * from described
