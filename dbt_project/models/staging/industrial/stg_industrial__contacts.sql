with source as (

    select * from {{ source('industrial_crm', 'contacts') }}

),

renamed as (

    select
        -- keys
        cast(contact_id as {{ dbt.type_string() }}) as contact_id,
        cast(account_id as bigint) as account_id,

        -- attributes
        cast(layer as {{ dbt.type_string() }}) as layer,
        cast(contact_function as {{ dbt.type_string() }}) as contact_function,

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
