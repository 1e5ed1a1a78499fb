with source as (

    select * from {{ source('industrial_crm', 'account_merges') }}

),

renamed as (

    select
        -- keys
        cast(merge_id as bigint) as merge_id,
        cast(losing_account_id as bigint) as losing_account_id,
        cast(surviving_account_id as bigint) as surviving_account_id,
        cast(undoes_merge_id as bigint) as undoes_merge_id,

        -- attributes
        cast(merge_kind as {{ dbt.type_string() }}) as merge_kind,

        -- dates and times
        {{ utc_timestamp('merged_at') }} as merged_at_utc,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
