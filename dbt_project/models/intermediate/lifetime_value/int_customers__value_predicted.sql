{%- set horizons = [90, 365, 1095] -%}
with history as (

    select * from {{ ref('int_customers__purchase_history') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

cells as (

    select * from {{ ref('stg_lifetime_value__cells') }}
    where model_role = 'closing'

),

-- What an occasion is worth: the customer's own mean, drawn to the base's as far as few occasions
-- prove little. Gamma-Gamma says how far; where it may not be used, own means count from some
-- occasions on (Fader and Hardie 2013).
placed as (

    select
        history.customer_id,
        history.business_unit,
        history.repeat_occasions_count,
        history.age_at_last_purchase_days,
        history.age_days,
        history.net_revenue / history.occasions_count as own_mean,
        models.value_prior_mean,
        {{ own_mean_weight('history.occasions_count') }} as own_weight,
        models.model_name,
        models.model_reason,
        models.value_basis,
        models.fitted_date
    from history
    inner join models
        on history.business_unit = models.business_unit

),

-- One cell for each customer, none where the unit has no model.
joined as (

    select
        placed.customer_id,
        placed.business_unit,
        placed.model_name,
        placed.model_reason,
        placed.value_basis,
        placed.fitted_date,
        cells.probability_alive,
        placed.own_weight * placed.own_mean
        + (1 - placed.own_weight) * placed.value_prior_mean as value_per_occasion,
        {%- for days in horizons %}
        cells.occasions_if_alive_{{ days }},
        cells.occasions_low_{{ days }},
        cells.occasions_high_{{ days }},
        {%- endfor %}
        cells.discounted_occasions_if_alive
    from placed
    left join cells
        on
            placed.business_unit = cells.business_unit
            and placed.repeat_occasions_count = cells.repeat_occasions_count
            and placed.age_at_last_purchase_days = cells.age_at_last_purchase_days
            and placed.age_days = cells.age_days

),

final as (

    select
        customer_id,
        business_unit,
        case
            when probability_alive is null then 'insufficient data'
            else 'model'
        end as prediction_basis,
        model_reason as prediction_reason,
        model_name,
        value_basis,
        cast(probability_alive as decimal(9, 6)) as probability_alive,
        {{ money('value_per_occasion') }} as predicted_net_revenue_per_occasion,
        {%- for days in horizons %}
        cast(occasions_if_alive_{{ days }} as decimal(18, 4))
            as predicted_occasions_if_alive_next_{{ days }}_days,
        cast({{ product(['probability_alive', 'occasions_if_alive_' ~ days]) }} as decimal(18, 4))
            as predicted_occasions_next_{{ days }}_days,
        {{ money(
            product(['probability_alive', 'occasions_if_alive_' ~ days, 'value_per_occasion'])
        ) }}
            as predicted_net_revenue_next_{{ days }}_days,
        {{ money('occasions_low_' ~ days ~ ' * value_per_occasion') }}
            as predicted_net_revenue_next_{{ days }}_days_lower,
        {{ money('occasions_high_' ~ days ~ ' * value_per_occasion') }}
            as predicted_net_revenue_next_{{ days }}_days_upper,
        {%- endfor %}
        {{ money(
            product(['probability_alive', 'discounted_occasions_if_alive', 'value_per_occasion'])
        ) }}
            as predicted_residual_net_revenue,
        fitted_date as model_fitted_date
    from joined

)

select * from final
