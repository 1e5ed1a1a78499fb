with landed as (

    select * from {{ ref('stg_retail__order_lines') }}

),

{{ redelivered_rows(['basket_id', 'product_id']) }}

select * from redelivered
