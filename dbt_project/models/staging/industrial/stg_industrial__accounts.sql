with source as (

    select * from {{ source('industrial_crm', 'accounts') }}

),

renamed as (

    select
        -- keys
        cast(account_id as bigint) as account_id,
        cast(owner_employee_id as {{ dbt.type_string() }}) as owner_id,
        cast(parent_account_id as bigint) as parent_account_id,
        cast(referred_by_account_id as bigint) as referred_by_account_id,

        -- attributes
        cast(name as {{ dbt.type_string() }}) as company_name,
        cast(name_other as {{ dbt.type_string() }}) as company_name_other,
        cast(registration_number as {{ dbt.type_string() }}) as registration_number,
        cast(customer_number as {{ dbt.type_string() }}) as customer_number,
        cast(customer_type as {{ dbt.type_string() }}) as customer_type,
        cast(industry as {{ dbt.type_string() }}) as industry,
        cast(region as {{ dbt.type_string() }}) as region,
        cast(company_size as {{ dbt.type_string() }}) as company_size,
        cast(chain_role as {{ dbt.type_string() }}) as chain_role,
        cast(currency_code as {{ dbt.type_string() }}) as currency_code,

        -- flags
        cast(is_key_account as boolean) as is_key_account,

        -- dates and times
        cast(created_on as date) as created_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
