with source as (

    select * from {{ source('industrial_crm', 'opportunities__keys') }}

),

renamed as (

    select
        -- keys
        cast(opportunity_id as bigint) as opportunity_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
