with source as (

    select * from {{ source('industrial_crm', 'account_budgets') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(budget_year as bigint) as budget_year,

        -- measures
        {{ money('budget_amount_cny') }} as budget,

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
