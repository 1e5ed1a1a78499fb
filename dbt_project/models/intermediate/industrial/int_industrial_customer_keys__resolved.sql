{{ config(materialized='view') }}
with accounts as (

    select * from {{ ref('int_industrial_accounts__resolved_by_date') }}

),

customer_numbers as (

    select * from {{ ref('int_industrial_customer_numbers__resolved_by_date') }}

),

customer_keys as (

    select
        known_date,
        customer_id,
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
        known_date,
        customer_id,
        'customer_number' as key_kind,
        customer_number as source_key,
        identity_rule,
        evidence,
        confidence,
        true as is_on_orders,
        valid_since_date
    from customer_numbers

),

final as (

    select
        keys_now.customer_id,
        keys_then.customer_id as customer_id_at_opening,
        'industrial' as business_unit,
        keys_now.key_kind,
        keys_now.source_key,
        keys_now.identity_rule,
        keys_now.evidence,
        keys_now.confidence,
        keys_now.is_on_orders,
        keys_now.valid_since_date
    from customer_keys as keys_now
    left join customer_keys as keys_then
        on
            keys_now.key_kind = keys_then.key_kind
            and keys_now.source_key = keys_then.source_key
            and keys_then.known_date = {{ opening_date() }}
    where keys_now.known_date = {{ as_of_date() }}

)

select * from final
