with history as (

    select * from {{ ref('int_customers__history') }}

),

final as (

    select
        customer_id,
        version_number,
        business_unit,
        source_customer_number,
        customer_type,
        chain_role,
        age_band,
        income_band,
        home_ownership,
        marital_status,
        household_size_band,
        household_composition,
        kids_band,
        profile_filled_ratio,
        is_current,
        customer_since_date,
        valid_from_date,
        valid_to_date
    from history

)

select * from final
