with customers as (

    {{ of_every_unit('customers__conformed', [
        'customer_id',
        'business_unit',
        'source_customer_number',
        'customer_type',
        'chain_role',
        'age_band',
        'income_band',
        'home_ownership',
        'marital_status',
        'household_size_band',
        'household_composition',
        'kids_band',
        'company_name',
        'company_name_other',
        'registration_number',
        'industry',
        'region',
        'company_size',
        'billing_currency_code',
        'owner_id',
        'parent_customer_id',
        'referred_by_customer_id',
        'profile_fields_count',
        'profile_filled_count',
        'is_key_account',
        'customer_since_date',
        'valid_from_date',
        'valid_to_date',
    ]) }}

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
        {{ per_part('profile_filled_count', 'profile_fields_count', 4) }} as profile_filled_ratio,
        row_number() over (partition by customer_id order by valid_from_date) as version_number,
        is_key_account,
        valid_to_date is null as is_current,
        customer_since_date,
        valid_from_date,
        valid_to_date
    from customers

)

select * from final
