with source as (

    select * from {{ source('lifetime_value', 'cells') }}

),

renamed as (

    select
        -- keys
        business_unit,
        model_role,
        repeat_occasions as repeat_occasions_count,
        age_at_last_purchase as age_at_last_purchase_days,
        age as age_days,

        -- measures
        customers_count,
        cast(probability_alive as decimal(18, 12)) as probability_alive,
        cast(occasions_if_alive_90 as decimal(18, 9)) as occasions_if_alive_90,
        cast(occasions_low_90 as decimal(18, 9)) as occasions_low_90,
        cast(occasions_high_90 as decimal(18, 9)) as occasions_high_90,
        cast(occasions_if_alive_365 as decimal(18, 9)) as occasions_if_alive_365,
        cast(occasions_low_365 as decimal(18, 9)) as occasions_low_365,
        cast(occasions_high_365 as decimal(18, 9)) as occasions_high_365,
        cast(occasions_if_alive_1095 as decimal(18, 9)) as occasions_if_alive_1095,
        cast(occasions_low_1095 as decimal(18, 9)) as occasions_low_1095,
        cast(occasions_high_1095 as decimal(18, 9)) as occasions_high_1095,
        cast(discounted_occasions_if_alive as decimal(18, 9)) as discounted_occasions_if_alive

    from source

)

select * from renamed
