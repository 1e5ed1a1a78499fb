with landed as (

    select * from {{ ref('stg_industrial__refunds') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__refund_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_erp' and table_name = 'refunds'

),

{{ landed_history(['refund_id']) }},

{{ described_history(['refund_id'], [
    'order_id',
    'refund_reason',
    'line_number',
    'returned_quantity',
    'refund_amount',
    'refunded_at_utc',
]) }}

select * from described
