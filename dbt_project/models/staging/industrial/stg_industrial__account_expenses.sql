with source as (

    select * from {{ source('industrial_crm', 'account_expenses') }}

),

renamed as (

    select
        -- keys
        cast(expense_id as bigint) as expense_id,
        cast(account_id as bigint) as account_id,
        cast(employee_id as {{ dbt.type_string() }}) as employee_id,

        -- attributes
        cast(purpose as {{ dbt.type_string() }}) as purpose,

        -- measures
        {{ money('amount_cny') }} as expense,

        -- dates and times
        cast(spent_on as date) as spent_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
