{{ config(materialized='view') }}
with basket_lines as (

    select * from {{ ref('stg_retail__order_lines') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}
    where business_unit = 'retail'

),

batches as (

    select * from {{ ref('stg_landing__batches') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'retail'

),

first_load as (

    select min(observed_date) as observed_date
    from batches
    where system = 'retail_shop'

),

retail_lines as (

    select
        basket_lines.basket_id,
        basket_lines.product_id,
        basket_lines.household_id,
        basket_lines.sales_revenue,
        basket_lines.ordered_at_utc,
        basket_lines._source_file,
        basket_lines._batch_sequence,
        {{ was_known_at_opening('basket_lines', 'ordered_at_utc') }} as is_known
    from basket_lines
    cross join first_load
    cross join business_units

),

-- Nearly all orders of the past are as they were then. Those that have a line which the load of
-- the opening date did not have are put together again from the lines that it had.
touched_baskets as (

    select basket_id
    from retail_lines
    where not is_known
    group by basket_id

),

numbered_lines as (

    select
        retail_lines.basket_id,
        retail_lines.household_id,
        retail_lines.sales_revenue,
        retail_lines.ordered_at_utc,
        row_number() over (
            partition by retail_lines.basket_id, retail_lines.product_id
            order by retail_lines._source_file desc, retail_lines._batch_sequence desc
        ) as content_number
    from retail_lines
    inner join touched_baskets
        on retail_lines.basket_id = touched_baskets.basket_id
    where retail_lines.is_known

),

touched_orders as (

    select {{ unit_id('retail', 'basket_id') }} as order_id
    from touched_baskets

),

final as (

    select
        orders.order_id,
        orders.business_unit,
        orders.source_customer_number,
        orders.sales_revenue,
        orders.order_date
    from orders
    left join touched_orders
        on orders.order_id = touched_orders.order_id
    where touched_orders.order_id is null
    union all
    select
        {{ unit_id('retail', 'numbered_lines.basket_id') }} as order_id,
        'retail' as business_unit,
        min(cast(numbered_lines.household_id as {{ dbt.type_string() }}))
            as source_customer_number,
        {{ money('sum(numbered_lines.sales_revenue)') }} as sales_revenue,
        {{ business_date('min(numbered_lines.ordered_at_utc)', 'business_units.time_zone') }}
            as order_date
    from numbered_lines
    cross join business_units
    where numbered_lines.content_number = 1
    group by numbered_lines.basket_id, business_units.time_zone

)

select * from final
