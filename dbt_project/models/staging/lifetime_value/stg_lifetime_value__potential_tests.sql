with source as (

    select * from {{ source('lifetime_value', 'potential_tests') }}

),

renamed as (

    select
        -- keys
        business_unit,
        method as method_name,

        -- measures
        customers_count,
        cast(actual_total as decimal(18, 2)) as actual_net_revenue,
        cast(predicted_total as decimal(18, 2)) as predicted_net_revenue,
        cast(mean_absolute_error as decimal(18, 2)) as mean_absolute_error,
        cast(root_mean_squared_error as decimal(18, 2)) as root_mean_squared_error,
        cast(concordance as decimal(9, 6)) as rank_correlation,
        cast(top_tenth_gain as decimal(9, 6)) as top_tenth_revenue_ratio,
        cast(interval_coverage as decimal(9, 6)) as interval_coverage_ratio,
        cast(potential_coverage as decimal(9, 6)) as potential_coverage_ratio

    from source

)

select * from renamed
