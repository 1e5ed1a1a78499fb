with source as (

    select * from {{ source('industrial_crm', 'team_assignments') }}

),

renamed as (

    select
        -- keys
        cast(assignment_id as bigint) as assignment_id,
        cast(account_id as bigint) as account_id,
        cast(employee_id as {{ dbt.type_string() }}) as employee_id,

        -- attributes
        cast(team_role as {{ dbt.type_string() }}) as team_role,

        -- dates and times
        cast(valid_from as date) as assigned_from_date,
        cast(valid_to as date) as assigned_to_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
