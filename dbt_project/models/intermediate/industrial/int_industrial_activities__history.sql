with landed as (

    select * from {{ ref('stg_industrial__activities') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__activity_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'activities'

),

{{ landed_history(['activity_id']) }},

{{ described_history(['activity_id'], [
    'account_id',
    'contact_id',
    'employee_id',
    'opportunity_id',
    'product_family',
    'channel',
    'direction',
    'subject_kind',
    'occurred_at_utc',
]) }}

select * from described
