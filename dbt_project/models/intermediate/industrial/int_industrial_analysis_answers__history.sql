with landed as (

    select * from {{ ref('stg_industrial__analysis_answers') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__analysis_answer_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'analysis_answers'

),

{{ landed_history(['account_id', 'question_code'], own_start='landed.answered_date') }},

{{ described_history(['account_id', 'question_code'], [
    'analysis_area',
    'answered_date',
]) }}

select * from described
