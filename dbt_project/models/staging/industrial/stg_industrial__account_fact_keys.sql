with source as (

    select * from {{ source('industrial_crm', 'account_facts__keys') }}

),

renamed as (

    select
        -- keys
        cast(fact_id as bigint) as fact_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
