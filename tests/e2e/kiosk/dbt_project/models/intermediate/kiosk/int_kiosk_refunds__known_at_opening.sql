with refunds as (

    select * from {{ ref('int_kiosk_refunds__conformed') }}

),

-- The kiosk takes nothing back.
final as (

    select
        order_id,
        business_unit,
        refund,
        cast(refunded_at_utc as date) as refund_date
    from refunds

)

select * from final
