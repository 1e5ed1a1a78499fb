with source as (

    select * from {{ source('industrial_crm', 'team_assignments__keys') }}

),

renamed as (

    select
        -- keys
        cast(assignment_id as bigint) as assignment_id,

        -- load metadata
        _batch_sequence,
        _observed_date

    from source

)

select * from renamed
