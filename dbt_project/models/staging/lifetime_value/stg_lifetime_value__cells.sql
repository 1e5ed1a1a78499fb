with source as (

    select * from {{ source('lifetime_value', 'cells') }}

),

renamed as (

    select
        -- keys
        business_unit,
        repeat_occasions as repeat_occasions_count,
        age_at_last_purchase_steps as age_at_last_purchase_steps_count,
        age_steps as age_steps_count,

        -- measures
        customers_count,
        probability_alive,
        occasions_if_alive_90,
        occasions_low_90,
        occasions_high_90,
        occasions_if_alive_365,
        occasions_low_365,
        occasions_high_365,
        occasions_if_alive_1095,
        occasions_low_1095,
        occasions_high_1095,
        discounted_occasions_if_alive

    from source

)

select * from renamed
