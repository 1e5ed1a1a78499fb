{{ config(materialized='view') }}
with accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

customer_numbers as (

    select * from {{ ref('int_industrial_customer_numbers__resolved') }}

),

final as (

    select
        customer_id,
        'industrial' as business_unit,
        'account' as key_kind,
        cast(account_id as {{ dbt.type_string() }}) as source_key,
        identity_rule,
        evidence,
        confidence,
        false as is_on_orders,
        valid_since_date
    from accounts
    union all
    select
        customer_id,
        'industrial' as business_unit,
        'customer_number' as key_kind,
        customer_number as source_key,
        identity_rule,
        evidence,
        confidence,
        true as is_on_orders,
        valid_since_date
    from customer_numbers

)

select * from final
