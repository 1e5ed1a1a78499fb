with touches as (

    {{ of_every_unit('touches__conformed', [
        'business_unit',
        'customer_id',
        'contact_id',
        'channel',
        'direction',
        'touched_date',
    ], units=var('relationship_units')) }}

),

windowed as (

    select
        business_unit,
        customer_id,
        contact_id,
        channel,
        direction,
        touched_date,
        touched_date >= {{ add_months(as_of_date(), -12) }} as is_last_year,
        touched_date >= {{ add_months(as_of_date(), -24) }}
        and touched_date < {{ add_months(as_of_date(), -12) }} as is_year_before
    from touches
    where touched_date < {{ as_of_date() }}

),

final as (

    select
        customer_id,
        channel,
        business_unit,
        count(*) as touches_count,
        count(case when is_last_year then 1 end) as touches_last_12_months_count,
        count(case when is_last_year and direction = 'in' then 1 end)
            as inbound_last_12_months_count,
        count(case when is_year_before then 1 end) as touches_12_months_before_count,
        count(distinct case when is_last_year then contact_id end)
            as contacts_last_12_months_count,
        max(touched_date) as last_touch_date,
        {{ as_of_date() }} as as_of_date
    from windowed
    group by customer_id, channel, business_unit

)

select * from final
