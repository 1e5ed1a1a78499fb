with landed as (

    select * from {{ ref('stg_industrial__competitor_products_in_use') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__competitor_products_in_use_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'competitor_products_in_use'

),

{{ landed_history(['usage_id'], own_start='landed.recorded_date') }},

{{ described_history(['usage_id'], [
    'account_id',
    'competitor_id',
    'sales_representative_id',
    'product_family',
    'satisfaction_score',
    'recorded_date',
]) }}

select * from described
