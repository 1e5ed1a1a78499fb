with source as (

    select * from {{ source('industrial_crm', 'plan_items') }}

),

renamed as (

    select
        -- keys
        cast(plan_item_id as bigint) as plan_item_id,
        cast(account_id as bigint) as account_id,
        cast(owner_employee_id as {{ dbt.type_string() }}) as owner_id,

        -- attributes
        cast(action as {{ dbt.type_string() }}) as planned_action,

        -- dates and times
        cast(created_on as date) as created_date,
        cast(due_on as date) as due_date,
        cast(done_on as date) as done_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
