with landed as (

    select * from {{ ref('stg_industrial__satisfaction_surveys') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__satisfaction_survey_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'satisfaction_surveys'

),

{{ landed_history(['survey_id'], own_start='landed.sent_date') }},

{{ described_history(['survey_id'], [
    'account_id',
    'order_id',
    'product_id',
    'asked_by_id',
    'score',
    'is_bonus_relevant',
    'sent_date',
    'answered_date',
]) }}

select * from described
