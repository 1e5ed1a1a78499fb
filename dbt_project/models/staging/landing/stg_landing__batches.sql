with source as (

    select * from {{ source('landing', 'batches') }}

),

renamed as (

    select
        -- keys
        system,
        table_name,
        batch_sequence,
        run_id,

        -- attributes
        kind,

        -- measures
        rows_in as delivered_rows_count,
        rows_landed as landed_rows_count,
        rows_duplicate as duplicate_rows_count,
        rows_quarantined as quarantined_rows_count,

        -- flags
        coalesce(has_keys, false) as has_keys,

        -- dates and times
        observed_date

    from source

)

select * from renamed
