with source as (

    select * from {{ source('lifetime_value', 'models') }}

),

renamed as (

    select
        -- keys
        business_unit,

        -- attributes
        chosen_model as model_name,
        reason as model_reason,
        digest as fit_digest,
        value_basis,

        -- measures
        customers_count,
        repeat_buyers_count,
        history_days,
        grain_days,
        interval_level,
        residual_days as residual_horizon_days,
        value_prior_mean,
        value_p,
        value_q,
        value_correlation,
        own_mean_occasions as own_mean_occasions_count,
        band_low,
        band_middle,
        band_high,

        -- dates
        fitted_on as fitted_date

    from source

)

select * from renamed
