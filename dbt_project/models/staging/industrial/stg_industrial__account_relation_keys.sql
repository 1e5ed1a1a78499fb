with source as (

    select * from {{ source('industrial_crm', 'account_relations__keys') }}

),

renamed as (

    select
        -- keys
        cast(relation_id as bigint) as relation_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
