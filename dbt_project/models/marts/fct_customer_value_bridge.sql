with histories as (

    select * from {{ ref('int_customers__histories_bridged') }}

),

bridged as (

    select * from {{ ref('int_customers__value_bridged') }}

),

predicted as (

    select * from {{ ref('int_customers__value_predicted') }}

),

-- A value is cents of history and cents of prediction. A part is the step from one value to the
-- next, so that parts add up whatever is rounded.
final as (

    select
        histories.customer_id,
        histories.business_unit,
        coalesce(bridged.model_name, 'none') as opening_model_name,
        bridged.model_reason as opening_model_reason,
        coalesce(predicted.model_name, 'none') as closing_model_name,
        {{ money('histories.opening_net_revenue') }} as opening_net_revenue,
        {{ money('bridged.opening_predicted_net_revenue') }} as opening_predicted_net_revenue,
        {{ money('histories.opening_net_revenue + bridged.opening_predicted_net_revenue') }}
            as opening_value,
        {{ money(
            'histories.identified_net_revenue + bridged.identified_predicted_net_revenue'
            ~ ' - histories.opening_net_revenue - bridged.opening_predicted_net_revenue'
        ) }} as identity_change,
        {{ money(
            'histories.completed_net_revenue + bridged.completed_predicted_net_revenue'
            ~ ' - histories.identified_net_revenue - bridged.identified_predicted_net_revenue'
        ) }} as late_data_change,
        {{ money('bridged.aged_predicted_net_revenue - bridged.completed_predicted_net_revenue') }}
            as ageing_change,
        {{ money('histories.new_orders') }} as new_orders_change,
        {{ money('-histories.new_refunds') }} as refunds_change,
        {{ money('bridged.informed_predicted_net_revenue - bridged.aged_predicted_net_revenue') }}
            as information_change,
        {{ money(
            'coalesce(predicted.predicted_net_revenue_next_365_days, 0)'
            ~ ' - bridged.informed_predicted_net_revenue'
        ) }} as model_change,
        {{ money(
            'histories.informed_net_revenue'
            ~ ' + coalesce(predicted.predicted_net_revenue_next_365_days, 0)'
        ) }} as closing_value,
        {{ money('histories.informed_net_revenue') }} as closing_net_revenue,
        {{ money('coalesce(predicted.predicted_net_revenue_next_365_days, 0)') }}
            as closing_predicted_net_revenue,
        {{ money('histories.completed_net_revenue - histories.identified_net_revenue') }}
            as late_net_revenue,
        histories.is_unknown,
        bridged.fitted_date as opening_model_fitted_date,
        predicted.model_fitted_date as closing_model_fitted_date,
        {{ opening_date() }} as opening_date,
        {{ as_of_date() }} as as_of_date
    from histories
    inner join bridged
        on histories.customer_id = bridged.customer_id
    left join predicted
        on histories.customer_id = predicted.customer_id

)

select * from final
