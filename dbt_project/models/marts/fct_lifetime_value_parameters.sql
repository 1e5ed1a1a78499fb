{#- Beyond this an interval spans eight powers of ten: it says nothing, and may not fit. -#}
{%- set widest_deviation = 5 -%}
with parameters as (

    select * from {{ ref('stg_lifetime_value__parameters') }}

),

models as (

    select * from {{ ref('stg_lifetime_value__models') }}
    where model_role = 'closing'

),

final as (

    select
        parameters.business_unit,
        parameters.model_name,
        parameters.parameter_name,
        parameters.parameter_value,
        case
            when parameters.log_deviation < {{ widest_deviation }}
                then cast(
                    parameters.parameter_value * exp(-1.959964 * parameters.log_deviation)
                    as decimal(28, 12)
                )
        end as parameter_value_lower,
        case
            when parameters.log_deviation < {{ widest_deviation }}
                then cast(
                    parameters.parameter_value * exp(1.959964 * parameters.log_deviation)
                    as decimal(28, 12)
                )
        end as parameter_value_upper,
        parameters.log_likelihood,
        parameters.degenerate_reason,
        parameters.is_degenerate,
        coalesce(parameters.model_name = models.model_name, false) as is_chosen,
        models.fitted_date as model_fitted_date
    from parameters
    inner join models
        on parameters.business_unit = models.business_unit

)

select * from final
