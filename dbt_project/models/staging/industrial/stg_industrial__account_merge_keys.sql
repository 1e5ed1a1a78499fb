with source as (

    select * from {{ source('industrial_crm', 'account_merges__keys') }}

),

renamed as (

    select
        -- keys
        cast(merge_id as bigint) as merge_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
