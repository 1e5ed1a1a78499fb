with months as (

    select * from {{ ref('int_months__calendar') }}

),

numbered as (

    select
        month_start_date,
        next_month_start_date,
        {{ numbers_below(31) }} as day_number
    from months

),

days as (

    select
        month_start_date,
        next_month_start_date,
        {{ add_days('month_start_date', 'cast(day_number as integer)') }} as day_date
    from numbered

),

final as (

    select
        day_date,
        month_start_date,
        {{ quarter_start('month_start_date') }} as quarter_start_date
    from days
    where day_date < next_month_start_date and day_date < {{ as_of_date() }}

)

select * from final
