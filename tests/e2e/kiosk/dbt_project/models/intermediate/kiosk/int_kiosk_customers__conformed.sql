with sales as (

    select * from {{ ref('stg_kiosk__sales') }}

),

final as (

    select
        {{ unit_id('kiosk', 'card_number') }} as customer_id,
        'kiosk' as business_unit,
        card_number as source_customer_number,
        'consumer' as customer_type,
        'end_user' as chain_role,
        {% for unknown in [
            'age_band', 'income_band', 'home_ownership', 'marital_status', 'household_size_band',
            'household_composition', 'kids_band', 'company_name', 'company_name_other',
            'registration_number', 'industry', 'region', 'company_size', 'billing_currency_code',
            'owner_id', 'parent_customer_id', 'referred_by_customer_id'
        ] -%}
            cast(null as {{ dbt.type_string() }}) as {{ unknown }},
        {% endfor -%}
        0 as profile_fields_count,
        0 as profile_filled_count,
        false as is_key_account,
        min(cast(sold_at_utc as date)) as customer_since_date,
        cast('1900-01-01' as date) as valid_from_date,
        cast(null as date) as valid_to_date
    from sales
    group by card_number

)

select * from final
