with source as (

    select * from {{ source('industrial_crm', 'service_cases') }}

),

renamed as (

    select
        -- keys
        cast(case_id as bigint) as case_id,
        cast(account_id as bigint) as account_id,
        cast(order_id as bigint) as order_id,
        cast(opportunity_id as bigint) as opportunity_id,

        -- attributes
        cast(product_family as {{ dbt.type_string() }}) as product_family,
        cast(case_kind as {{ dbt.type_string() }}) as case_kind,

        -- measures
        {{ money('handling_cost_cny') }} as handling_cost,

        -- dates and times
        {{ utc_timestamp('opened_at') }} as opened_at_utc,
        {{ utc_timestamp('first_reply_at') }} as first_reply_at_utc,
        {{ utc_timestamp('closed_at') }} as closed_at_utc,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
