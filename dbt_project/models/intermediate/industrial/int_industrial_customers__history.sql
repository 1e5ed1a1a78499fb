with landed as (

    select * from {{ ref('stg_industrial__customers') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__customer_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_erp' and table_name = 'customers'

),

{{ landed_history(['customer_number'], own_start='landed.created_date') }},

{{ described_history(['customer_number'], [
    'company_name',
    'registration_number',
    'currency_code',
    'is_test',
    'created_date',
]) }}

select * from described
