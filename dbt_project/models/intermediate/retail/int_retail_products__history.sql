with landed as (

    select * from {{ ref('stg_retail__products') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__product_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_shop' and table_name = 'products'

),

{{ landed_history(['product_id']) }},

{{ described_history(['product_id'], [
    'manufacturer_id',
    'department',
    'brand',
    'product_category',
    'product_type',
    'package_size',
]) }}

select * from described
