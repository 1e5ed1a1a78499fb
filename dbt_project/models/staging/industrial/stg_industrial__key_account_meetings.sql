with source as (

    select * from {{ source('industrial_crm', 'key_account_meetings') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(meeting_year as bigint) as meeting_year,

        -- dates and times
        cast(planned_on as date) as planned_date,
        cast(held_on as date) as held_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
