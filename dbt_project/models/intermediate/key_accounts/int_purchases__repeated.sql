with order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

rules as (

    select * from {{ ref('account_rules') }}

),

-- One product bought by one customer on one day, however many lines that took.
purchases as (

    select
        orders.business_unit,
        orders.customer_id,
        order_lines.source_product_number,
        orders.order_date
    from order_lines
    inner join orders
        on order_lines.order_id = orders.order_id
    where
        not orders.is_customer_unknown
        and not order_lines.is_service
    group by
        orders.business_unit,
        orders.customer_id,
        order_lines.source_product_number,
        orders.order_date

),

followed as (

    select
        purchases.business_unit,
        purchases.customer_id,
        purchases.source_product_number,
        {{ add_days('purchases.order_date', 'cast(rules.repurchase_days as integer)') }}
            as closing_date,
        rules.service_window_days,
        purchases.order_date,
        lead(purchases.order_date) over (
            partition by
                purchases.business_unit, purchases.customer_id, purchases.source_product_number
            order by purchases.order_date
        ) as next_order_date
    from purchases
    inner join rules
        on purchases.business_unit = rules.business_unit

),

-- Of the last year whose outcome is known: bought again within the days, or not.
final as (

    select
        business_unit,
        customer_id,
        source_product_number,
        coalesce(next_order_date <= closing_date, false) as is_repeated,
        order_date
    from followed
    where
        closing_date < {{ as_of_date() }}
        and closing_date
        >= {{ add_days(as_of_date(), '-1 * cast(service_window_days as integer)') }}

)

select * from final
