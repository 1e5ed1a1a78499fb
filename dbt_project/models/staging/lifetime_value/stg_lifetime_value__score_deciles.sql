with source as (

    select * from {{ source('lifetime_value', 'score_deciles') }}

),

renamed as (

    select
        -- keys
        business_unit,
        cut_off_date,
        method as method_name,
        decile,

        -- measures
        cast(customers_count as decimal(18, 1)) as customers_count,
        cast(mean_predicted as decimal(18, 6)) as mean_predicted,
        cast(mean_actual as decimal(18, 6)) as mean_actual,
        cast(lift as decimal(9, 6)) as lift,
        cast(gain as decimal(9, 6)) as gain

    from source

)

select * from renamed
