with landed as (

    select * from {{ ref('stg_industrial__competitors') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__competitor_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'competitors'

),

{{ landed_history(['competitor_id']) }},

{{ described_history(['competitor_id'], [
    'competitor_name',
    'competitor_name_other',
]) }}

select * from described
