with source as (

    select * from {{ source('industrial_crm', 'activities') }}

),

renamed as (

    select
        -- keys
        cast(activity_id as bigint) as activity_id,
        cast(account_id as bigint) as account_id,
        cast(contact_id as {{ dbt.type_string() }}) as contact_id,
        cast(employee_id as {{ dbt.type_string() }}) as employee_id,
        cast(opportunity_id as bigint) as opportunity_id,

        -- attributes
        cast(product_family as {{ dbt.type_string() }}) as product_family,
        cast(channel as {{ dbt.type_string() }}) as channel,
        cast(direction as {{ dbt.type_string() }}) as direction,
        cast(subject_kind as {{ dbt.type_string() }}) as subject_kind,

        -- dates and times
        {{ utc_timestamp('occurred_at') }} as occurred_at_utc,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
