-- Leavers and stayers add up over the segments, and to the customers there were.
with totals as (

    select
        business_unit,
        period_start_date,
        relation_kind,
        sum(case when segment = 'all' then customers_count else -customers_count end)
            as customers_left_over_count,
        sum(
            case
                when segment = 'all' then defected_customers_count
                else -defected_customers_count
            end
        ) as defected_left_over_count,
        sum(customers_count - retained_customers_count - defected_customers_count)
            as unaccounted_count
    from {{ ref('fct_defection') }}
    group by business_unit, period_start_date, relation_kind

)

select *
from totals
where
    customers_left_over_count <> 0
    or defected_left_over_count <> 0
    or unaccounted_count <> 0
