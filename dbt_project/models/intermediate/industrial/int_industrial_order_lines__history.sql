with landed as (

    select * from {{ ref('stg_industrial__order_lines') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__order_line_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_erp' and table_name = 'order_lines'

),

{{ landed_history(['order_id', 'line_number']) }},

{{ described_history(['order_id', 'line_number'], [
    'product_id',
    'bundle_id',
    'quantity',
    'list_price',
    'paid_price',
    'unit_cost_cny',
    'is_service',
    'promised_date',
    'delivered_date',
]) }}

select * from described
