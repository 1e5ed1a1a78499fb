{{ config(materialized='view') }}
with customers as (

    select * from {{ ref('int_retail_customers__conformed') }}

),

-- The CRM's household number is the one on the receipts: nothing is to be resolved.
final as (

    select
        customer_id,
        case when min(valid_from_date) <= {{ opening_date() }} then customer_id end
            as customer_id_at_opening,
        'retail' as business_unit,
        'household' as key_kind,
        source_customer_number as source_key,
        'own_number' as identity_rule,
        source_customer_number as evidence,
        cast(1 as decimal(4, 2)) as confidence,
        true as is_on_orders,
        min(valid_from_date) as valid_since_date
    from customers
    group by customer_id, source_customer_number

)

select * from final
