{{ config(materialized='view') }}
with accounts as (

    select * from {{ ref('int_industrial_accounts__history') }}

),

resolved as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

-- The file of a customer is that of the account that stands for it.
final as (

    select
        resolved.customer_id,
        'industrial' as business_unit,
        cast(accounts.account_id as {{ dbt.type_string() }}) as source_customer_number,
        accounts.customer_type,
        accounts.chain_role,
        cast(null as {{ dbt.type_string() }}) as age_band,
        cast(null as {{ dbt.type_string() }}) as income_band,
        cast(null as {{ dbt.type_string() }}) as home_ownership,
        cast(null as {{ dbt.type_string() }}) as marital_status,
        cast(null as {{ dbt.type_string() }}) as household_size_band,
        cast(null as {{ dbt.type_string() }}) as household_composition,
        cast(null as {{ dbt.type_string() }}) as kids_band,
        accounts.company_name,
        accounts.company_name_other,
        accounts.registration_number,
        accounts.industry,
        accounts.region,
        accounts.company_size,
        accounts.currency_code as billing_currency_code,
        accounts.owner_id,
        parents.customer_id as parent_customer_id,
        referrers.customer_id as referred_by_customer_id,
        9 as profile_fields_count,
        case when accounts.company_name is null then 0 else 1 end
        + case when accounts.company_name_other is null then 0 else 1 end
        + case when accounts.registration_number is null then 0 else 1 end
        + case when accounts.customer_number is null then 0 else 1 end
        + case when accounts.industry is null then 0 else 1 end
        + case when accounts.region is null then 0 else 1 end
        + case when accounts.company_size is null then 0 else 1 end
        + case when accounts.chain_role is null then 0 else 1 end
        + case when accounts.owner_id is null then 0 else 1 end
            as profile_filled_count,
        accounts.is_key_account,
        accounts.created_date as customer_since_date,
        accounts.valid_from_date,
        {{ known_end_date() }} as valid_to_date
    from accounts
    inner join resolved
        on
            accounts.account_id = resolved.customer_account_id
            and resolved.account_id = resolved.customer_account_id
    left join resolved as parents
        on accounts.parent_account_id = parents.account_id
    left join resolved as referrers
        on accounts.referred_by_account_id = referrers.account_id
    where {{ was_known() }}

)

select * from final
