with landed as (

    select * from {{ ref('stg_retail__households') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__household_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'households'

),

{{ landed_history(['household_id'], own_start='landed.enrolled_date') }},

{{ described_history(['household_id'], [
    'age_band',
    'income_band',
    'home_ownership',
    'marital_status',
    'household_size_band',
    'household_composition',
    'kids_band',
    'enrolled_date',
]) }}

select * from described
