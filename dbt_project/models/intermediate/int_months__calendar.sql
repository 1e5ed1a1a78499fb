with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

-- A hundred years from the first month there is: enough for every company's order book.
month_numbers as (

    {{ dbt.generate_series(1200) }}

),

first_month as (

    select {{ month_start('min(activity_date)') }} as month_start_date
    from activity

),

months as (

    select
        {{ add_months('first_month.month_start_date', 'cast(generated_number - 1 as integer)') }}
            as month_start_date
    from first_month
    cross join month_numbers

),

final as (

    select
        month_start_date,
        {{ add_months('month_start_date', 1) }} as next_month_start_date
    from months
    where month_start_date < {{ as_of_date() }}

)

select * from final
