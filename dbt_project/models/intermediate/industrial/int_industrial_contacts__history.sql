with landed as (

    select * from {{ ref('stg_industrial__contacts') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__contact_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'contacts'

),

{{ landed_history(['contact_id']) }},

{{ described_history(['contact_id'], [
    'account_id',
    'layer',
    'contact_function',
]) }}

select * from described
