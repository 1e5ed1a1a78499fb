with source as (

    select * from {{ source('industrial_erp', 'order_lines__keys') }}

),

renamed as (

    select
        -- keys
        cast(order_id as bigint) as order_id,
        cast(line_number as bigint) as line_number,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
