with landed as (

    select * from {{ ref('stg_industrial__exchange_rates') }}

),

{{ redelivered_rows(['rate_date', 'currency_code']) }}

select * from redelivered
