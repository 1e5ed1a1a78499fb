with source as (

    select * from {{ source('industrial_crm', 'account_expenses__keys') }}

),

renamed as (

    select
        -- keys
        cast(expense_id as bigint) as expense_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
