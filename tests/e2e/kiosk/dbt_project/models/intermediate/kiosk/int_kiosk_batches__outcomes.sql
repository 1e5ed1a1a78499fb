with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

final as (

    select
        'kiosk_till' as system,
        'sales' as table_name,
        _batch_sequence as batch_sequence,
        'loaded' as outcome,
        count(*) as rows_count
    from sales
    group by _batch_sequence

)

select * from final
