with history as (

    select * from {{ ref('int_customers__purchase_history') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

potentials as (

    select * from {{ ref('stg_lifetime_value__potentials') }}

),

-- At most one potential a customer: none in a unit without a regression.
final as (

    select
        history.customer_id,
        history.business_unit,
        case
            when potentials.customer_id is null then 'insufficient data'
            else 'model'
        end as potential_basis,
        models.potential_reason,
        'revenue_only' as margin_basis,
        cast(models.potential_horizon_days as bigint) as horizon_days,
        potentials.last_horizon_net_revenue,
        potentials.expected_net_revenue,
        potentials.expected_net_revenue_lower,
        potentials.potential_net_revenue,
        {{ money('potentials.potential_net_revenue - potentials.expected_net_revenue') }}
            as gap_to_potential,
        models.potential_cut_off_date as cut_off_date,
        {{ as_of_date() }} as as_of_date
    from history
    inner join models
        on history.business_unit = models.business_unit
    left join potentials
        on history.customer_id = potentials.customer_id

)

select * from final
