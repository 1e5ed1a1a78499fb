with predicted as (

    select * from {{ ref('int_customers__value_predicted') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

summed as (

    select
        business_unit,
        count(*) as customers_count,
        cast(sum(case when prediction_basis = 'model' then 1 else 0 end) as bigint)
            as predicted_customers_count,
        cast(sum(probability_alive) as decimal(18, 2)) as expected_alive_customers_count,
        {{ money('sum(predicted_net_revenue_next_90_days)') }}
            as predicted_net_revenue_next_90_days,
        {{ money('sum(predicted_net_revenue_next_365_days)') }}
            as predicted_net_revenue_next_365_days,
        {{ money('sum(predicted_net_revenue_next_1095_days)') }}
            as predicted_net_revenue_next_1095_days,
        {{ money('sum(predicted_residual_net_revenue)') }} as predicted_residual_net_revenue
    from predicted
    group by business_unit

),

-- The band comes from how far totals of past quarters were off; it says nothing of longer times.
final as (

    select
        models.business_unit,
        models.model_name,
        models.model_reason,
        models.value_basis as predicted_value_basis,
        models.fit_digest,
        models.customers_count as fitted_customers_count,
        models.repeat_buyers_count as fitted_repeat_buyers_count,
        models.history_days,
        cast(models.interval_level as decimal(9, 6)) as interval_nominal_ratio,
        summed.customers_count,
        summed.predicted_customers_count,
        summed.expected_alive_customers_count,
        summed.predicted_net_revenue_next_90_days,
        {{ money('summed.predicted_net_revenue_next_90_days * models.band_low') }}
            as predicted_net_revenue_next_90_days_lower,
        {{ money('summed.predicted_net_revenue_next_90_days * models.band_high') }}
            as predicted_net_revenue_next_90_days_upper,
        summed.predicted_net_revenue_next_365_days,
        summed.predicted_net_revenue_next_1095_days,
        summed.predicted_residual_net_revenue,
        models.fitted_date as model_fitted_date,
        {{ as_of_date() }} as as_of_date
    from models
    inner join summed
        on models.business_unit = summed.business_unit

)

select * from final
