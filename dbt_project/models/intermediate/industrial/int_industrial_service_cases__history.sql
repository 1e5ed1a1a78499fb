with landed as (

    select * from {{ ref('stg_industrial__service_cases') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__service_case_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'service_cases'

),

{{ landed_history(['case_id']) }},

{{ described_history(['case_id'], [
    'account_id',
    'order_id',
    'opportunity_id',
    'product_family',
    'case_kind',
    'handling_cost',
    'opened_at_utc',
    'first_reply_at_utc',
    'closed_at_utc',
]) }}

select * from described
