with deciles as (

    select * from {{ ref('stg_lifetime_value__score_deciles') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

final as (

    select
        deciles.business_unit,
        deciles.cut_off_date,
        deciles.method_name,
        cast(deciles.decile as bigint) as decile,
        deciles.customers_count,
        {{ money('deciles.mean_predicted') }} as predicted_net_revenue_per_customer,
        {{ money('deciles.mean_actual') }} as actual_net_revenue_per_customer,
        deciles.lift as lift_ratio,
        deciles.gain as cumulative_actual_revenue_ratio,
        coalesce(deciles.method_name = models.model_name, false) as is_chosen
    from deciles
    inner join models
        on deciles.business_unit = models.business_unit

)

select * from final
