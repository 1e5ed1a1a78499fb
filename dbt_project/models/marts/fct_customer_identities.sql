with customer_keys as (

    select * from {{ ref('int_customer_keys__resolved') }}

),

final as (

    select
        business_unit,
        key_kind,
        source_key,
        customer_id,
        identity_rule,
        evidence,
        confidence,
        is_on_orders,
        valid_since_date
    from customer_keys

)

select * from final
