with landed as (

    select * from {{ ref('stg_industrial__key_account_meetings') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__key_account_meeting_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'key_account_meetings'

),

{{ landed_history(['account_id', 'meeting_year']) }},

{{ described_history(['account_id', 'meeting_year'], [
    'planned_date',
    'held_date',
]) }}

select * from described
