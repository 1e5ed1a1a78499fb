with source as (

    select * from {{ source('industrial_crm', 'analysis_answers__keys') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(question_code as {{ dbt.type_string() }}) as question_code,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
