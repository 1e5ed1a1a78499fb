with landed as (

    select * from {{ ref('stg_industrial__accounts') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__account_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'accounts'

),

{{ landed_history(['account_id'], own_start='landed.created_date') }},

{{ described_history(['account_id'], [
    'owner_id',
    'parent_account_id',
    'referred_by_account_id',
    'company_name',
    'company_name_other',
    'registration_number',
    'customer_number',
    'customer_type',
    'industry',
    'region',
    'company_size',
    'chain_role',
    'currency_code',
    'is_key_account',
    'created_date',
]) }}

select * from described
