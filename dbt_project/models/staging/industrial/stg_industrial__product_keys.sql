with source as (

    select * from {{ source('industrial_erp', 'products__keys') }}

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
