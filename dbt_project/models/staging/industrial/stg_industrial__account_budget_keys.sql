with source as (

    select * from {{ source('industrial_crm', 'account_budgets__keys') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(budget_year as bigint) as budget_year,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
