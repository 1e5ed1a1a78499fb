with totals as (

    select * from {{ ref('int_customers__lifetime_totals') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

predicted as (

    select * from {{ ref('int_customers__value_predicted') }}

),

final as (

    select
        totals.customer_id,
        totals.business_unit,
        totals.orders_count,
        totals.purchase_occasions_count,
        totals.gross_revenue,
        totals.discount,
        totals.sales_revenue,
        totals.refund,
        totals.net_revenue,
        totals.coupon_discount,
        totals.discounted_net_revenue,
        cast({{ var('annual_discount_rate') }} as decimal(6, 4)) as annual_discount_ratio,
        {{ money('null') }} as margin,
        'revenue_only' as margin_basis,
        case
            when customers.is_unknown then 'unknown customer'
            when predicted.customer_id is null then 'no order'
            else predicted.prediction_basis
        end as prediction_basis,
        predicted.prediction_reason,
        predicted.model_name,
        predicted.value_basis as predicted_value_basis,
        predicted.probability_alive,
        predicted.predicted_net_revenue_per_occasion,
        predicted.predicted_occasions_if_alive_next_90_days,
        predicted.predicted_occasions_next_90_days,
        predicted.predicted_net_revenue_next_90_days,
        predicted.predicted_net_revenue_next_90_days_lower,
        predicted.predicted_net_revenue_next_90_days_upper,
        predicted.predicted_occasions_if_alive_next_365_days,
        predicted.predicted_occasions_next_365_days,
        predicted.predicted_net_revenue_next_365_days,
        predicted.predicted_net_revenue_next_365_days_lower,
        predicted.predicted_net_revenue_next_365_days_upper,
        predicted.predicted_occasions_if_alive_next_1095_days,
        predicted.predicted_occasions_next_1095_days,
        predicted.predicted_net_revenue_next_1095_days,
        predicted.predicted_net_revenue_next_1095_days_lower,
        predicted.predicted_net_revenue_next_1095_days_upper,
        predicted.predicted_residual_net_revenue,
        totals.tenure_days,
        customers.is_unknown,
        totals.first_order_date,
        totals.last_order_date,
        predicted.model_fitted_date,
        {{ as_of_date() }} as as_of_date
    from totals
    inner join customers
        on totals.customer_id = customers.customer_id
    left join predicted
        on totals.customer_id = predicted.customer_id

)

select * from final
