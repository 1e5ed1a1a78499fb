with source as (

    select * from {{ source('landing', 'quarantined_rows') }}

),

renamed as (

    select
        -- keys
        system,
        table_name,
        batch_sequence,
        rule,
        column_name,

        -- measures
        rows as quarantined_rows_count

    from source

)

select * from renamed
