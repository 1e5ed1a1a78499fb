with history as (

    select * from {{ ref('int_industrial_orders__history') }}

),

customers as (

    select * from {{ ref('int_industrial_customers__history') }}

),

rates as (

    select * from {{ ref('stg_industrial__exchange_rates') }}

),

redelivered_rates as (

    select * from {{ ref('int_industrial_exchange_rates__redelivered') }}

),

current_rates as (

    select
        rates.rate_date,
        rates.currency_code,
        rates.cny_per_unit
    from rates
    left join redelivered_rates
        on
            rates.rate_date = redelivered_rates.rate_date
            and rates.currency_code = redelivered_rates.currency_code
            and rates._source_file = redelivered_rates._source_file
            and rates._batch_sequence = redelivered_rates._batch_sequence
    where
        coalesce(redelivered_rates.outcome, 'loaded') = 'loaded'
        and rates._observed_date <= {{ as_of_date() }}

),

test_customers as (

    select customer_number
    from customers
    where
        is_test
        and {{ was_known() }}
        and {{ known_end_date() }} is null
    group by customer_number

),

orders as (

    select
        order_id,
        customer_number,
        currency_code,
        status,
        {{ business_date('ordered_at_utc', "'" ~ var('industrial_time_zone') ~ "'") }}
            as order_date,
        ordered_at_utc
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

-- A rate is never assumed: an order without one waits for it.
final as (

    select
        orders.order_id,
        orders.customer_number,
        orders.currency_code,
        case
            when orders.currency_code = '{{ var("industrial_reporting_currency") }}'
                then cast(1 as decimal(12, 6))
            else current_rates.cny_per_unit
        end as exchange_rate,
        case
            when test_customers.customer_number is not null then 'test'
            when orders.status = 'cancelled' then 'cancelled'
            when
                orders.currency_code <> '{{ var("industrial_reporting_currency") }}'
                and current_rates.cny_per_unit is null
                then 'no_rate'
        end as exclusion_reason,
        orders.order_date,
        orders.ordered_at_utc
    from orders
    left join test_customers
        on orders.customer_number = test_customers.customer_number
    left join current_rates
        on
            orders.order_date = current_rates.rate_date
            and orders.currency_code = current_rates.currency_code

)

select * from final
