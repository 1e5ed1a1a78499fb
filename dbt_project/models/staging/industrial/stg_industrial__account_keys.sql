with source as (

    select * from {{ source('industrial_crm', 'accounts__keys') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
