with source as (

    select * from {{ source('industrial_crm', 'competitor_products_in_use__keys') }}

),

renamed as (

    select
        -- keys
        cast(usage_id as bigint) as usage_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
