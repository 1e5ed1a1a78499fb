with source as (

    select * from {{ source('retail_crm', 'campaigns') }}

),

renamed as (

    select
        -- keys
        cast(campaign_id as bigint) as campaign_id,

        -- attributes
        cast(campaign_type as {{ dbt.type_string() }}) as campaign_type,

        -- dates and times
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
