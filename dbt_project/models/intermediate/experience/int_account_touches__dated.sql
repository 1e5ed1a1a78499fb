with touches as (

    {{ of_every_unit('touches__conformed', [
        'touch_id',
        'business_unit',
        'customer_id',
        'contact_id',
        'employee_id',
        'product_family',
        'channel',
        'direction',
        'subject_kind',
        'touched_date',
    ], units=var('relationship_units')) }}

),

contacts as (

    {{ of_every_unit('contacts__conformed', [
        'business_unit',
        'contact_id',
        'layer',
        'contact_function',
    ], units=var('relationship_units')) }}

),

-- A contact that is unknown or was deleted was touched all the same.
final as (

    select
        touches.touch_id,
        touches.business_unit,
        touches.customer_id,
        touches.contact_id,
        touches.employee_id,
        touches.product_family,
        contacts.layer,
        contacts.contact_function,
        touches.channel,
        touches.direction,
        touches.subject_kind,
        touches.touched_date,
        {{ quarter_start('touches.touched_date') }} as quarter_start_date
    from touches
    left join contacts
        on
            touches.business_unit = contacts.business_unit
            and touches.contact_id = contacts.contact_id
    where touches.touched_date < {{ as_of_date() }}

)

select * from final
