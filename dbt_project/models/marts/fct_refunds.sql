with refunds as (

    select * from {{ ref('int_refunds__matched') }}

),

final as (

    select
        refund_id,
        order_id,
        line_number,
        customer_id,
        product_id,
        business_unit,
        source_product_number,
        currency_code,
        refund_reason,
        returned_quantity,
        refund,
        refund_source,
        is_order_unknown,
        is_line_unknown,
        is_before_order,
        is_repeated,
        is_above_sale,
        order_date,
        refund_date,
        refunded_at_utc
    from refunds

)

select * from final
