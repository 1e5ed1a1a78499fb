with source as (

    select * from {{ source('industrial_crm', 'account_relations') }}

),

renamed as (

    select
        -- keys
        cast(relation_id as bigint) as relation_id,
        cast(upstream_account_id as bigint) as upstream_account_id,
        cast(downstream_account_id as bigint) as downstream_account_id,

        -- attributes
        cast(relation_kind as {{ dbt.type_string() }}) as relation_kind,

        -- dates and times
        cast(recorded_on as date) as recorded_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
