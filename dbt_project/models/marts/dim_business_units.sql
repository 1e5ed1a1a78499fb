with business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

final as (

    select
        business_unit,
        time_zone,
        reporting_currency_code,
        is_simulated
    from business_units

)

select * from final
