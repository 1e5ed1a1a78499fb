with source as (

    select * from {{ source('industrial_crm', 'competitors__keys') }}

),

renamed as (

    select
        -- keys
        cast(competitor_id as bigint) as competitor_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
