with source as (

    select * from {{ source('industrial_crm', 'service_cases__keys') }}

),

renamed as (

    select
        -- keys
        cast(case_id as bigint) as case_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
