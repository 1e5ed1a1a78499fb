with parameters as (

    select * from {{ ref('stg_lifetime_value__parameters') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}

),

final as (

    select
        parameters.business_unit,
        parameters.model_name,
        parameters.parameter_name,
        parameters.parameter_value,
        parameters.parameter_value * exp(-1.959964 * parameters.log_deviation)
            as parameter_value_lower,
        parameters.parameter_value * exp(1.959964 * parameters.log_deviation)
            as parameter_value_upper,
        cast(parameters.log_likelihood as decimal(18, 4)) as log_likelihood,
        parameters.degenerate_reason,
        parameters.is_degenerate,
        coalesce(parameters.model_name = models.model_name, false) as is_chosen,
        models.fitted_date as model_fitted_date
    from parameters
    inner join models
        on parameters.business_unit = models.business_unit

)

select * from final
