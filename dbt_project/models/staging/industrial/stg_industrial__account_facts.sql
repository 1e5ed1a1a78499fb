with source as (

    select * from {{ source('industrial_crm', 'account_facts') }}

),

renamed as (

    select
        -- keys
        cast(fact_id as bigint) as fact_id,
        cast(account_id as bigint) as account_id,

        -- attributes
        cast(information_level as bigint) as information_level,
        cast(topic as {{ dbt.type_string() }}) as topic,
        cast(source as {{ dbt.type_string() }}) as fact_source,

        -- measures
        {{ money('cost_cny') }} as information_cost,

        -- dates and times
        cast(gathered_on as date) as gathered_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
