with landed as (

    select * from {{ ref('stg_industrial__product_master') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__product_master_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_files' and table_name = 'product_master'

),

{{ landed_history(['product_id']) }},

{{ described_history(['product_id'], [
    'family_code',
    'product_name',
    'product_name_other',
    'unit_of_measure',
]) }}

select * from described
