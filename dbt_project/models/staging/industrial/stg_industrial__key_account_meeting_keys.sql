with source as (

    select * from {{ source('industrial_crm', 'key_account_meetings__keys') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(meeting_year as bigint) as meeting_year,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
