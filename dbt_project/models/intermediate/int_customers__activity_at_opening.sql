with orders as (

    select * from {{ ref('int_orders__known_at_opening') }}

),

returns as (

    select * from {{ ref('stg_retail__returns') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

first_load as (

    select min(observed_date) as observed_date
    from batches
    where system = 'retail_shop'

),

numbered_returns as (

    select
        {{ unit_id('retail', 'returns.basket_id') }} as order_id,
        business_units.business_unit,
        returns.refund,
        {{ business_date('returns.refunded_at_utc', 'business_units.time_zone') }} as refund_date,
        row_number() over (
            partition by returns.return_id
            order by returns._source_file desc, returns._batch_sequence desc
        ) as content_number
    from returns
    cross join first_load
    inner join business_units
        on business_units.business_unit = 'retail'
    where {{ was_known_at_opening('returns', 'refunded_at_utc') }}

),

movements as (

    select
        customer_id_at_opening,
        customer_id,
        business_unit,
        order_date as activity_date,
        1 as purchase_occasions_count,
        sales_revenue as net_revenue
    from orders
    union all
    select
        coalesce(
            orders.customer_id_at_opening, {{ unknown_id('numbered_returns.business_unit') }}
        ) as customer_id_at_opening,
        coalesce(orders.customer_id, {{ unknown_id('numbered_returns.business_unit') }})
            as customer_id,
        numbered_returns.business_unit,
        numbered_returns.refund_date as activity_date,
        0 as purchase_occasions_count,
        -numbered_returns.refund as net_revenue
    from numbered_returns
    left join orders
        on numbered_returns.order_id = orders.order_id
    where numbered_returns.content_number = 1

),

final as (

    select
        customer_id_at_opening,
        customer_id,
        business_unit,
        activity_date,
        max(purchase_occasions_count) as purchase_occasions_count,
        {{ money('sum(net_revenue)') }} as net_revenue,
        customer_id_at_opening = {{ unknown_id('business_unit') }} as is_unknown_at_opening
    from movements
    group by customer_id_at_opening, customer_id, business_unit, activity_date

)

select * from final
