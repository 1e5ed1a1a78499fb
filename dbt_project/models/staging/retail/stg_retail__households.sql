with source as (

    select * from {{ source('retail_crm', 'households') }}

),

renamed as (

    select
        -- keys
        cast(household_id as bigint) as household_id,

        -- attributes
        cast(age_band as {{ dbt.type_string() }}) as age_band,
        cast(income_band as {{ dbt.type_string() }}) as income_band,
        cast(home_ownership as {{ dbt.type_string() }}) as home_ownership,
        cast(marital_status as {{ dbt.type_string() }}) as marital_status,
        cast(household_size as {{ dbt.type_string() }}) as household_size_band,
        cast(household_composition as {{ dbt.type_string() }}) as household_composition,
        cast(kids_count as {{ dbt.type_string() }}) as kids_band,

        -- dates and times
        cast(enrolled_on as date) as enrolled_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
