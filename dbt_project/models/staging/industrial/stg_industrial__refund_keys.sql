with source as (

    select * from {{ source('industrial_erp', 'refunds__keys') }}

),

renamed as (

    select
        -- keys
        cast(refund_id as bigint) as refund_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
