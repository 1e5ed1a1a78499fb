with source as (

    select * from {{ source('industrial_crm', 'contacts__keys') }}

),

renamed as (

    select
        -- keys
        cast(contact_id as {{ dbt.type_string() }}) as contact_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
