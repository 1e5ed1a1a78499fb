with source as (

    select * from {{ source('lifetime_value', 'scores') }}

),

renamed as (

    select
        -- keys
        business_unit,
        cut_off_date,
        method as method_name,

        -- attributes
        reason as degenerate_reason,

        -- measures
        horizon_days,
        customers_count,
        actual_total,
        predicted_total,
        mean_absolute_error,
        root_mean_squared_error,
        concordance,
        top_tenth_gain,
        log_likelihood,
        actual_occasions,
        predicted_occasions,
        occasions_mean_absolute_error,
        occasions_coverage,

        -- flags
        is_degenerate

    from source

)

select * from renamed
