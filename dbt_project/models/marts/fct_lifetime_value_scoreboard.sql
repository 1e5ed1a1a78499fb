with scores as (

    select * from {{ ref('stg_lifetime_value__scores') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

ranked as (

    select
        business_unit,
        cut_off_date,
        method_name,
        row_number() over (
            partition by business_unit, cut_off_date order by mean_absolute_error, method_name
        ) as error_rank
    from scores

),

final as (

    select
        scores.business_unit,
        scores.cut_off_date,
        scores.method_name,
        cast(scores.horizon_days as bigint) as horizon_days,
        scores.customers_count,
        {{ money('scores.actual_total') }} as actual_net_revenue,
        {{ money('scores.predicted_total') }} as predicted_net_revenue,
        cast(scores.actual_total / nullif(scores.predicted_total, 0) as decimal(18, 6))
            as actual_to_predicted_ratio,
        {{ money('scores.mean_absolute_error') }} as mean_absolute_error,
        {{ money('scores.root_mean_squared_error') }} as root_mean_squared_error,
        cast(scores.concordance as decimal(9, 6)) as rank_correlation,
        cast(scores.top_tenth_gain as decimal(9, 6)) as top_tenth_revenue_ratio,
        cast(scores.log_likelihood as decimal(18, 4)) as log_likelihood,
        cast(scores.actual_occasions as bigint) as actual_occasions_count,
        cast(scores.predicted_occasions as decimal(18, 4)) as predicted_occasions_count,
        cast(scores.occasions_mean_absolute_error as decimal(18, 6))
            as occasions_mean_absolute_error,
        cast(scores.occasions_coverage as decimal(9, 6)) as occasions_coverage_ratio,
        cast(ranked.error_rank as bigint) as error_rank,
        scores.degenerate_reason,
        scores.is_degenerate,
        coalesce(scores.method_name = models.model_name, false) as is_chosen
    from scores
    inner join ranked
        on
            scores.business_unit = ranked.business_unit
            and scores.cut_off_date = ranked.cut_off_date
            and scores.method_name = ranked.method_name
    inner join models
        on scores.business_unit = models.business_unit

)

select * from final
