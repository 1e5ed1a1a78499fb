with source as (

    select * from {{ source('industrial_crm', 'competitor_products_in_use') }}

),

renamed as (

    select
        -- keys
        cast(usage_id as bigint) as usage_id,
        cast(account_id as bigint) as account_id,
        cast(competitor_id as bigint) as competitor_id,
        cast(sales_representative as {{ dbt.type_string() }}) as sales_representative_id,

        -- attributes
        cast(product_family as {{ dbt.type_string() }}) as product_family,

        -- measures
        cast(satisfaction_score as bigint) as satisfaction_score,

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
