with tests as (

    select * from {{ ref('stg_lifetime_value__potential_tests') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

final as (

    select
        tests.business_unit,
        tests.method_name,
        cast(models.potential_horizon_days as bigint) as horizon_days,
        tests.customers_count,
        tests.actual_net_revenue,
        tests.predicted_net_revenue,
        cast(
            1.0 * tests.actual_net_revenue / nullif(tests.predicted_net_revenue, 0)
            as decimal(18, 6)
        ) as actual_to_predicted_ratio,
        tests.mean_absolute_error,
        tests.root_mean_squared_error,
        tests.rank_correlation,
        tests.top_tenth_revenue_ratio,
        tests.interval_coverage_ratio,
        tests.potential_coverage_ratio,
        models.potential_cut_off_date as cut_off_date
    from tests
    inner join models
        on tests.business_unit = models.business_unit

)

select * from final
