with source as (

    select * from {{ source('industrial_crm', 'satisfaction_surveys__keys') }}

),

renamed as (

    select
        -- keys
        cast(survey_id as bigint) as survey_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
