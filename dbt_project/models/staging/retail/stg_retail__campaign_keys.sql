with source as (

    select * from {{ source('retail_crm', 'campaigns__keys') }}

),

renamed as (

    select
        -- keys
        cast(campaign_id as bigint) as campaign_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
