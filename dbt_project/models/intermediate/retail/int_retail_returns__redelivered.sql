with landed as (

    select * from {{ ref('stg_retail__returns') }}

),

{{ redelivered_rows(['return_id']) }}

select * from redelivered
