with source as (

    select * from {{ source('industrial_crm', 'competitors') }}

),

renamed as (

    select
        -- keys
        cast(competitor_id as bigint) as competitor_id,

        -- attributes
        cast(name as {{ dbt.type_string() }}) as competitor_name,
        cast(name_other as {{ dbt.type_string() }}) as competitor_name_other,

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
