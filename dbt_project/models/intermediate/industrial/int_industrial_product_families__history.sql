with landed as (

    select * from {{ ref('stg_industrial__product_families') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__product_family_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_files' and table_name = 'product_families'

),

{{ landed_history(['family_code']) }},

{{ described_history(['family_code'], [
    'family_name',
    'family_name_other',
    'differentiation',
    'maturity',
]) }}

select * from described
