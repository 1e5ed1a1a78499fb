with source as (

    select * from {{ source('industrial_crm', 'contracts__keys') }}

),

renamed as (

    select
        -- keys
        cast(contract_id as bigint) as contract_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
