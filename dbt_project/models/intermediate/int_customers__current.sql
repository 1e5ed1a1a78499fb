with history as (

    select * from {{ ref('int_customers__history') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

newest_versions as (

    select
        customer_id,
        max(version_number) as version_number
    from history
    group by customer_id

),

-- A customer the source deleted keeps the money it spent: it stays, with what was known last.
known as (

    select
        history.customer_id,
        history.business_unit,
        history.source_customer_number,
        history.customer_type,
        history.chain_role,
        history.age_band,
        history.income_band,
        history.home_ownership,
        history.marital_status,
        history.household_size_band,
        history.household_composition,
        history.kids_band,
        history.company_name,
        history.company_name_other,
        history.registration_number,
        history.industry,
        history.region,
        history.company_size,
        history.billing_currency_code,
        history.owner_id,
        history.parent_customer_id,
        history.referred_by_customer_id,
        history.profile_filled_ratio,
        history.is_key_account,
        false as is_unknown,
        not history.is_current as is_deleted,
        history.customer_since_date,
        history.valid_from_date,
        history.valid_to_date as deleted_date
    from history
    inner join newest_versions
        on
            history.customer_id = newest_versions.customer_id
            and history.version_number = newest_versions.version_number

),

unknown_members as (

    select
        {{ unknown_id('business_unit') }} as customer_id,
        business_unit,
        null as source_customer_number,
        null as customer_type,
        null as chain_role,
        null as age_band,
        null as income_band,
        null as home_ownership,
        null as marital_status,
        null as household_size_band,
        null as household_composition,
        null as kids_band,
        null as company_name,
        null as company_name_other,
        null as registration_number,
        null as industry,
        null as region,
        null as company_size,
        null as billing_currency_code,
        null as owner_id,
        null as parent_customer_id,
        null as referred_by_customer_id,
        null as profile_filled_ratio,
        false as is_key_account,
        true as is_unknown,
        false as is_deleted,
        null as customer_since_date,
        null as valid_from_date,
        null as deleted_date
    from business_units

),

final as (

    select * from known
    union all
    select * from unknown_members

)

select * from final
