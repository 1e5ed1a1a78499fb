with months as (

    select * from {{ ref('int_customers__monthly_activity') }}

),

final as (

    select
        customer_id,
        month_start_date,
        business_unit,
        months_since_first,
        orders_count,
        purchase_occasions_count,
        gross_revenue,
        discount,
        sales_revenue,
        refund,
        net_revenue,
        coupon_discount,
        cumulative_orders_count,
        cumulative_net_revenue,
        is_active,
        is_complete
    from months

)

select * from final
