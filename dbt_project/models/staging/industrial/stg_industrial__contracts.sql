with source as (

    select * from {{ source('industrial_crm', 'contracts') }}

),

renamed as (

    select
        -- keys
        cast(contract_id as bigint) as contract_id,
        cast(account_id as bigint) as account_id,

        -- dates and times
        cast(starts_on as date) as starts_date,
        cast(ends_on as date) as ends_date,
        cast(terminated_on as date) as terminated_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
