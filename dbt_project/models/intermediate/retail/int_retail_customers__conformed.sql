{{ config(materialized='view') }}
with households as (

    select * from {{ ref('int_retail_households__history') }}

),

final as (

    select
        {{ unit_id('retail', 'household_id') }} as customer_id,
        'retail' as business_unit,
        cast(household_id as {{ dbt.type_string() }}) as source_customer_number,
        'consumer' as customer_type,
        'end_user' as chain_role,
        age_band,
        income_band,
        home_ownership,
        marital_status,
        household_size_band,
        household_composition,
        kids_band,
        cast(null as {{ dbt.type_string() }}) as company_name,
        cast(null as {{ dbt.type_string() }}) as company_name_other,
        cast(null as {{ dbt.type_string() }}) as registration_number,
        cast(null as {{ dbt.type_string() }}) as industry,
        cast(null as {{ dbt.type_string() }}) as region,
        cast(null as {{ dbt.type_string() }}) as company_size,
        cast(null as {{ dbt.type_string() }}) as billing_currency_code,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        cast(null as {{ dbt.type_string() }}) as parent_customer_id,
        cast(null as {{ dbt.type_string() }}) as referred_by_customer_id,
        7 as profile_fields_count,
        case when age_band is null then 0 else 1 end
        + case when income_band is null then 0 else 1 end
        + case when home_ownership is null then 0 else 1 end
        + case when marital_status is null then 0 else 1 end
        + case when household_size_band is null then 0 else 1 end
        + case when household_composition is null then 0 else 1 end
        + case when kids_band is null then 0 else 1 end as profile_filled_count,
        false as is_key_account,
        enrolled_date as customer_since_date,
        valid_from_date,
        {{ known_end_date() }} as valid_to_date
    from households
    where {{ was_known() }}

)

select * from final
