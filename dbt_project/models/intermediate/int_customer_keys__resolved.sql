with final as (

    {{ of_every_unit('customer_keys__resolved', [
        'customer_id',
        'customer_id_at_opening',
        'business_unit',
        'key_kind',
        'source_key',
        'identity_rule',
        'evidence',
        'confidence',
        'is_on_orders',
        'valid_since_date',
    ]) }}

)

select * from final
