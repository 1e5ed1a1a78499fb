with source as (

    select * from {{ source('industrial_crm', 'plan_items__keys') }}

),

renamed as (

    select
        -- keys
        cast(plan_item_id as bigint) as plan_item_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
