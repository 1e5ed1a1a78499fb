with source as (

    select * from {{ source('kiosk_till', 'sales') }}

),

renamed as (

    select
        -- keys
        cast(sale_id as bigint) as sale_id,
        cast(card_number as {{ dbt.type_string() }}) as card_number,
        cast(article as {{ dbt.type_string() }}) as article,

        -- measures
        cast(amount as decimal(12, 2)) as sales_revenue,

        -- dates and times
        {{ utc_timestamp('sold_at') }} as sold_at_utc,

        -- load metadata
        _batch_sequence

    from source

)

select * from renamed
