with orders as (

    select * from {{ ref('int_orders__known_at_opening') }}

),

refunds as (

    {{ of_every_unit('refunds__known_at_opening', [
        'order_id',
        'business_unit',
        'refund',
        'refund_date',
    ]) }}

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
            orders.customer_id_at_opening, {{ unknown_id('refunds.business_unit') }}
        ) as customer_id_at_opening,
        coalesce(orders.customer_id, {{ unknown_id('refunds.business_unit') }})
            as customer_id,
        refunds.business_unit,
        refunds.refund_date as activity_date,
        0 as purchase_occasions_count,
        -refunds.refund as net_revenue
    from refunds
    left join orders
        on refunds.order_id = orders.order_id

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
