with contacts as (

    {{ of_every_unit('contacts__conformed', [
        'contact_id',
        'business_unit',
        'customer_id',
        'layer',
        'contact_function',
        'recorded_date',
    ], units=var('relationship_units')) }}

),

touches as (

    {{ of_every_unit('touches__conformed', [
        'contact_id',
        'touched_date',
    ], units=var('relationship_units')) }}

),

touched as (

    select
        contact_id,
        count(*) as touches_count,
        count(case when touched_date >= {{ add_months(as_of_date(), -12) }} then 1 end)
            as touches_last_12_months_count,
        max(touched_date) as last_touch_date
    from touches
    where touched_date < {{ as_of_date() }}
    group by contact_id

),

final as (

    select
        contacts.contact_id,
        contacts.business_unit,
        contacts.customer_id,
        contacts.layer,
        contacts.contact_function,
        coalesce(touched.touches_count, 0) as touches_count,
        coalesce(touched.touches_last_12_months_count, 0) as touches_last_12_months_count,
        touched.last_touch_date,
        contacts.recorded_date
    from contacts
    left join touched
        on contacts.contact_id = touched.contact_id

)

select * from final
