with source as (

    select * from {{ source('industrial_files', 'product_master__keys') }}

),

renamed as (

    select
        -- keys
        cast(product_id as bigint) as product_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
