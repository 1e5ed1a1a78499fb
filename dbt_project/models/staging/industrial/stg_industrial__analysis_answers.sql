with source as (

    select * from {{ source('industrial_crm', 'analysis_answers') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(question_code as {{ dbt.type_string() }}) as question_code,

        -- attributes
        cast(analysis_area as {{ dbt.type_string() }}) as analysis_area,

        -- dates and times
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
