{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_order_lines__history') }}

),

-- A delivery of the as-of date or later is not known yet.
final as (

    select
        {{ unit_id('industrial', 'order_id') }} as order_id,
        line_number,
        promised_date,
        case when delivered_date < {{ as_of_date() }} then delivered_date end as delivered_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

)

select * from final
