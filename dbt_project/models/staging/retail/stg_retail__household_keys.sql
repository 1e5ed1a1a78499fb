with source as (

    select * from {{ source('retail_crm', 'households__keys') }}

),

renamed as (

    select
        -- keys
        cast(household_id as bigint) as household_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
