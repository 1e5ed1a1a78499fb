with source as (

    select * from {{ source('industrial_crm', 'satisfaction_surveys') }}

),

renamed as (

    select
        -- keys
        cast(survey_id as bigint) as survey_id,
        cast(account_id as bigint) as account_id,
        cast(order_id as bigint) as order_id,
        cast(product_id as bigint) as product_id,
        cast(asked_by_employee_id as {{ dbt.type_string() }}) as asked_by_id,

        -- measures
        cast(score as bigint) as score,

        -- flags
        cast(is_bonus_relevant as boolean) as is_bonus_relevant,

        -- dates and times
        cast(sent_on as date) as sent_date,
        cast(answered_on as date) as answered_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
