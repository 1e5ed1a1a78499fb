with source as (

    select * from {{ source('lifetime_value', 'models') }}

),

renamed as (

    select
        -- keys
        business_unit,
        model_role,

        -- attributes
        chosen_model as model_name,
        reason as model_reason,
        digest as fit_digest,
        value_basis,
        potential_reason,

        -- measures
        customers_count,
        repeat_buyers_count,
        history_days,
        cast(interval_level as decimal(9, 6)) as interval_level,
        residual_days as residual_horizon_days,
        cast(value_prior_mean as decimal(18, 6)) as value_prior_mean,
        cast(value_p as decimal(18, 9)) as value_p,
        cast(value_q as decimal(18, 9)) as value_q,
        cast(value_correlation as decimal(9, 6)) as value_correlation,
        own_mean_occasions as own_mean_occasions_count,
        cast(band_low as decimal(9, 6)) as band_low,
        cast(band_middle as decimal(9, 6)) as band_middle,
        cast(band_high as decimal(9, 6)) as band_high,
        potential_horizon_days,

        -- dates
        fitted_on as fitted_date,
        potential_cut_off as potential_cut_off_date

    from source

)

select * from renamed
