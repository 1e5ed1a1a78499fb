-- The values of two scores never overlap, and every customer of a snapshot has one of each.
with cut_points as (

    select
        business_unit,
        snapshot_date,
        score_method,
        measure,
        within_recency_score,
        within_frequency_score,
        score,
        customers_count,
        case when measure = 'recency' then -highest_value else lowest_value end as worst_value,
        case when measure = 'recency' then -lowest_value else highest_value end as best_value
    from {{ ref('fct_rfm_cut_points') }}

),

neighbours as (

    select
        business_unit,
        snapshot_date,
        score_method,
        measure,
        worst_value,
        lag(best_value) over (
            partition by
                business_unit,
                snapshot_date,
                score_method,
                measure,
                within_recency_score,
                within_frequency_score
            order by score
        ) as best_value_below
    from cut_points

),

counted as (

    select
        business_unit,
        snapshot_date,
        score_method,
        measure,
        sum(customers_count) as customers_count
    from cut_points
    group by business_unit, snapshot_date, score_method, measure

),

customers as (

    select * from {{ ref('fct_rfm_value_concentration') }}

)

select
    business_unit,
    snapshot_date,
    score_method,
    measure
from neighbours
where worst_value <= best_value_below
union all
select
    counted.business_unit,
    counted.snapshot_date,
    counted.score_method,
    counted.measure
from counted
left join customers
    on
        counted.business_unit = customers.business_unit
        and counted.snapshot_date = customers.snapshot_date
where counted.customers_count is distinct from customers.customers_count
