with source as (

    select * from {{ source('industrial_files', 'exchange_rates') }}

),

renamed as (

    select
        -- keys
        cast(rate_date as date) as rate_date,
        cast(currency_code as {{ dbt.type_string() }}) as currency_code,

        -- measures
        cast(cny_per_unit as decimal(12, 6)) as cny_per_unit,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
