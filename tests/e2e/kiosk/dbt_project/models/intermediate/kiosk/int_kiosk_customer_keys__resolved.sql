with customers as (

    select * from {{ ref('int_kiosk_customers__conformed') }}

),

final as (

    select
        customer_id,
        case when valid_from_date <= {{ opening_date() }} then customer_id end
            as customer_id_at_opening,
        business_unit,
        'card' as key_kind,
        source_customer_number as source_key,
        'own_number' as identity_rule,
        source_customer_number as evidence,
        cast(1 as decimal(4, 2)) as confidence,
        true as is_on_orders,
        valid_from_date as valid_since_date
    from customers

)

select * from final
