with source as (

    select * from {{ source('lifetime_value', 'score_cohorts') }}

),

renamed as (

    select
        -- keys
        business_unit,
        cut_off_date,
        method as method_name,
        quarter as cohort_quarter_date,

        -- measures
        customers_count,
        cast(actual_total as decimal(18, 6)) as actual_total,
        cast(predicted_total as decimal(18, 6)) as predicted_total,
        cast(mean_absolute_error as decimal(18, 6)) as mean_absolute_error,
        cast(top_tenth_gain as decimal(9, 6)) as top_tenth_gain,
        cast(occasions_coverage as decimal(9, 6)) as occasions_coverage

    from source

)

select * from renamed
