with customers as (

    select * from {{ ref('int_customers__current') }}

),

final as (

    select
        customer_id,
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
        company_name,
        company_name_other,
        registration_number,
        industry,
        region,
        company_size,
        billing_currency_code,
        owner_id,
        parent_customer_id,
        referred_by_customer_id,
        profile_filled_ratio,
        is_key_account,
        is_unknown,
        is_deleted,
        customer_since_date,
        deleted_date
    from customers

)

select * from final
