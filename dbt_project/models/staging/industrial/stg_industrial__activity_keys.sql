with source as (

    select * from {{ source('industrial_crm', 'activities__keys') }}

),

renamed as (

    select
        -- keys
        cast(activity_id as bigint) as activity_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
