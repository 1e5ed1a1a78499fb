with landed as (

    select * from {{ ref('stg_industrial__products') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__product_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_erp' and table_name = 'products'

),

{{ landed_history(['product_id']) }},

{{ described_history(['product_id'], [
    'product_family',
    'product_kind',
    'maturity',
    'standard_cost_cny',
    'list_price_cny',
    'is_distinct',
]) }}

select * from described
