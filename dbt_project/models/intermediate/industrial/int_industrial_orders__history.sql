with landed as (

    select * from {{ ref('stg_industrial__orders') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__order_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_erp' and table_name = 'orders'

),

{{ landed_history(['order_id']) }},

{{ described_history(['order_id'], [
    'opportunity_id',
    'customer_number',
    'currency_code',
    'status',
    'ordered_at_utc',
]) }}

select * from described
