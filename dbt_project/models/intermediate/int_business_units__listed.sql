with listed as (

    {% for unit in var('business_units') %}
    select
        '{{ unit }}' as business_unit,
        '{{ var(unit ~ "_time_zone") }}' as time_zone,
        '{{ var(unit ~ "_reporting_currency") }}' as reporting_currency_code,
        {{ 'true' if unit in var('simulated_units') else 'false' }} as is_simulated,
        {{ 'true' if unit in var('relationship_units') else 'false' }} as has_dealings
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        business_unit,
        time_zone,
        reporting_currency_code,
        is_simulated,
        has_dealings,
        {{ day_start_utc(as_of_date(), 'time_zone') }} as as_of_at_utc,
        {{ day_start_utc(opening_date(), 'time_zone') }} as opening_at_utc
    from listed

)

select * from final
