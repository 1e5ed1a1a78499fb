with households as (

    select * from {{ ref('int_retail_households__history') }}

),

retail as (

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
        7 as profile_fields_count,
        case when age_band is null then 0 else 1 end
        + case when income_band is null then 0 else 1 end
        + case when home_ownership is null then 0 else 1 end
        + case when marital_status is null then 0 else 1 end
        + case when household_size_band is null then 0 else 1 end
        + case when household_composition is null then 0 else 1 end
        + case when kids_band is null then 0 else 1 end as profile_filled_count,
        enrolled_date as customer_since_date,
        valid_from_date,
        {{ known_end_date() }} as valid_to_date
    from households
    where {{ was_known() }}

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
        {{ per_part('profile_filled_count', 'profile_fields_count', 4) }} as profile_filled_ratio,
        row_number() over (partition by customer_id order by valid_from_date) as version_number,
        valid_to_date is null as is_current,
        customer_since_date,
        valid_from_date,
        valid_to_date
    from retail

)

select * from final
