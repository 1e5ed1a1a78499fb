{#- A state of knowledge: the history that is scored, and the age it is scored at. -#}
{%- set states = {
    'opening': ('opening', 'opening'),
    'identified': ('identified', 'identified'),
    'completed': ('completed', 'completed'),
    'aged': ('completed', 'aged'),
    'informed': ('informed', 'informed'),
} -%}
with histories as (

    select * from {{ ref('int_customers__histories_bridged') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'opening'

),

cells as (

    select * from {{ ref('stg_lifetime_value__cells') }}
    where model_role = 'opening'

),

placed as (

    select
        histories.customer_id,
        histories.business_unit,
        models.model_name,
        models.model_reason,
        {%- for state, (history, age) in states.items() %}
        histories.{{ history }}_occasions_count - 1 as {{ state }}_repeat_occasions_count,
        histories.{{ history }}_age_at_last_purchase_days
            as {{ state }}_cell_age_at_last_purchase_days,
        histories.{{ age }}_age_days as {{ state }}_cell_age_days,
        {{ own_mean_weight('histories.' ~ history ~ '_occasions_count') }}
        * (histories.{{ history }}_net_revenue / nullif(histories.{{ history }}_occasions_count, 0))
        + (1 - {{ own_mean_weight('histories.' ~ history ~ '_occasions_count') }})
        * models.value_prior_mean as {{ state }}_value_per_occasion,
        {%- endfor %}
        models.fitted_date
    from histories
    left join models
        on histories.business_unit = models.business_unit

),

-- One cell for each customer and state, none where nothing is predicted.
final as (

    select
        placed.customer_id,
        placed.business_unit,
        placed.model_name,
        placed.model_reason,
        {%- for state in states %}
        coalesce(
            {{ money(product([
                state ~ '_cells.probability_alive',
                state ~ '_cells.occasions_if_alive_365',
                'placed.' ~ state ~ '_value_per_occasion',
            ])) }},
            0
        ) as {{ state }}_predicted_net_revenue,
        {%- endfor %}
        placed.fitted_date
    from placed
    {{ joined_cells('opening') }}
    {{ joined_cells('identified') }}
    {{ joined_cells('completed') }}
    {{ joined_cells('aged') }}
    {{ joined_cells('informed') }}

)

select * from final
