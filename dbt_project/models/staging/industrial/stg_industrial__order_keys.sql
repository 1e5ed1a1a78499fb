with source as (

    select * from {{ source('industrial_erp', 'orders__keys') }}

),

renamed as (

    select
        -- keys
        cast(order_id as bigint) as order_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
