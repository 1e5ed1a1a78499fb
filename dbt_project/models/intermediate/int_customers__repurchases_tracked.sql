with occasions as (

    select * from {{ ref('int_customers__occasions') }}

),

horizons as (

    {% for days in var('loyalty_horizons_days') -%}
    select
        cast({{ days }} as bigint) as horizon_days,
        {{ add_days(as_of_date(), -1 * days) }} as base_date
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- Whom one knew on the base date, what one knew of them, and what they did then.
final as (

    select
        occasions.customer_id,
        horizons.horizon_days,
        occasions.business_unit,
        cast(
            sum(case when occasions.occasion_date < horizons.base_date then 1 else 0 end) as bigint
        ) as occasions_before_count,
        max(occasions.occasion_date) >= horizons.base_date as has_bought_again,
        min(occasions.occasion_date) as first_occasion_date,
        horizons.base_date
    from occasions
    cross join horizons
    group by
        occasions.customer_id,
        horizons.horizon_days,
        occasions.business_unit,
        horizons.base_date
    having min(occasions.occasion_date) < horizons.base_date

)

select * from final
