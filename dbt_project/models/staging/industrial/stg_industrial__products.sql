with source as (

    select * from {{ source('industrial_erp', 'products') }}

),

renamed as (

    select
        -- keys
        cast(product_id as bigint) as product_id,

        -- attributes
        cast(product_family as {{ dbt.type_string() }}) as product_family,
        cast(product_kind as {{ dbt.type_string() }}) as product_kind,
        cast(maturity as {{ dbt.type_string() }}) as maturity,

        -- measures
        {{ money('standard_cost_cny') }} as standard_cost_cny,
        {{ money('list_price_cny') }} as list_price_cny,

        -- flags
        cast(is_distinct as boolean) as is_distinct,

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
