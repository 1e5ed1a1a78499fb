with history as (

    select * from {{ ref('int_industrial_orders__history') }}

),

customers as (

    select * from {{ ref('int_industrial_customers__history') }}

),

rates as (

    select * from {{ ref('stg_industrial__exchange_rates') }}

),

known_dates as (

    {{ known_dates() }}

),

first_rates as (

    select min(_observed_date) as observed_date
    from rates

),

-- The first delivery's rates of the past were known on their own days, as histories have it.
known_rates as (

    select
        known_dates.known_date,
        rates.rate_date,
        rates.currency_code,
        rates.cny_per_unit,
        row_number() over (
            partition by known_dates.known_date, rates.rate_date, rates.currency_code
            order by rates._source_file desc, rates._batch_sequence desc
        ) as newest_first
    from rates
    cross join first_rates
    cross join known_dates
    where
        rates._observed_date <= known_dates.known_date
        or rates._observed_date = first_rates.observed_date

),

test_customers as (

    select
        known_dates.known_date,
        customers.customer_number
    from customers
    cross join known_dates
    where
        customers.is_test
        and {{ was_known('known_dates.known_date') }}
        and {{ known_end_date('known_dates.known_date') }} is null
    group by known_dates.known_date, customers.customer_number

),

orders as (

    select
        known_dates.known_date,
        history.order_id,
        history.customer_number,
        history.currency_code,
        history.status,
        {{ business_date('history.ordered_at_utc', "'" ~ var('industrial_time_zone') ~ "'") }}
            as order_date,
        history.ordered_at_utc
    from history
    cross join known_dates
    where
        {{ was_known('known_dates.known_date') }}
        and {{ known_end_date('known_dates.known_date') }} is null

),

-- A rate is never assumed: an order without one waits for it.
final as (

    select
        orders.known_date,
        orders.order_id,
        orders.customer_number,
        orders.currency_code,
        case
            when orders.currency_code = '{{ var("industrial_reporting_currency") }}'
                then cast(1 as decimal(12, 6))
            else known_rates.cny_per_unit
        end as exchange_rate,
        case
            when test_customers.customer_number is not null then 'test'
            when orders.status = 'cancelled' then 'cancelled'
            when
                orders.currency_code <> '{{ var("industrial_reporting_currency") }}'
                and known_rates.cny_per_unit is null
                then 'no_rate'
        end as exclusion_reason,
        orders.order_date,
        orders.ordered_at_utc
    from orders
    left join test_customers
        on
            orders.known_date = test_customers.known_date
            and orders.customer_number = test_customers.customer_number
    left join known_rates
        on
            orders.known_date = known_rates.known_date
            and orders.order_date = known_rates.rate_date
            and orders.currency_code = known_rates.currency_code
            and known_rates.newest_first = 1

)

select * from final
