with listed as (

    select
        'retail' as business_unit,
        '{{ var("retail_time_zone") }}' as time_zone

),

final as (

    select
        business_unit,
        time_zone,
        {{ day_start_utc(as_of_date(), 'time_zone') }} as as_of_at_utc,
        {{ day_start_utc(opening_date(), 'time_zone') }} as opening_at_utc
    from listed

)

select * from final
