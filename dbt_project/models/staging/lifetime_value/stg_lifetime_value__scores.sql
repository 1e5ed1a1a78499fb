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
        cast(actual_total as decimal(18, 6)) as actual_total,
        cast(predicted_total as decimal(18, 6)) as predicted_total,
        cast(mean_absolute_error as decimal(18, 6)) as mean_absolute_error,
        cast(root_mean_squared_error as decimal(18, 6)) as root_mean_squared_error,
        cast(concordance as decimal(9, 6)) as concordance,
        cast(top_tenth_gain as decimal(9, 6)) as top_tenth_gain,
        cast(log_likelihood as decimal(18, 4)) as log_likelihood,
        cast(actual_occasions as bigint) as actual_occasions,
        cast(predicted_occasions as decimal(18, 6)) as predicted_occasions,
        cast(occasions_mean_absolute_error as decimal(18, 6)) as occasions_mean_absolute_error,
        cast(occasions_coverage as decimal(9, 6)) as occasions_coverage,

        -- flags
        is_degenerate

    from source

)

select * from renamed
