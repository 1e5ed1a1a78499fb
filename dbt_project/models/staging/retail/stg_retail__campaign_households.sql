with source as (

    select * from {{ source('retail_crm', 'campaign_households') }}

),

renamed as (

    select
        -- keys
        cast(campaign_id as bigint) as campaign_id,
        cast(household_id as bigint) as household_id,

        -- dates and times
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
