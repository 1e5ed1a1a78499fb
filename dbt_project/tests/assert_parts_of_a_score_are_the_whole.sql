-- Cohorts and tenths of a backtest hold its customers and its money once; cents are rounded a part.
with cohorts as (

    select
        'cohorts' as parted_by,
        business_unit,
        cut_off_date,
        method_name,
        sum(customers_count) as customers_count,
        sum(actual_net_revenue) as actual_net_revenue,
        sum(predicted_net_revenue) as predicted_net_revenue,
        count(*) * 0.005 as rounding
    from {{ ref('fct_lifetime_value_scoreboard_cohorts') }}
    group by business_unit, cut_off_date, method_name

),

deciles as (

    select
        'deciles' as parted_by,
        business_unit,
        cut_off_date,
        method_name,
        sum(customers_count) as customers_count,
        sum(actual_net_revenue_per_customer * customers_count) as actual_net_revenue,
        sum(predicted_net_revenue_per_customer * customers_count) as predicted_net_revenue,
        sum(customers_count) * 0.005 as rounding
    from {{ ref('fct_lifetime_value_scoreboard_deciles') }}
    group by business_unit, cut_off_date, method_name

),

parts as (

    select * from cohorts
    union all
    select * from deciles

),

expected as (

    select
        parted_bys.parted_by,
        scores.*
    from {{ ref('fct_lifetime_value_scoreboard') }} as scores
    inner join (values ('cohorts'), ('deciles')) as parted_bys (parted_by)
        -- Where nothing was spent there is no share of it.
        on parted_bys.parted_by = 'cohorts' or scores.actual_net_revenue > 0

)

select
    coalesce(expected.business_unit, parts.business_unit) as business_unit,
    coalesce(expected.cut_off_date, parts.cut_off_date) as cut_off_date,
    coalesce(expected.method_name, parts.method_name) as method_name,
    coalesce(expected.parted_by, parts.parted_by) as parted_by,
    expected.actual_net_revenue,
    parts.actual_net_revenue as actual_net_revenue_of_parts,
    expected.predicted_net_revenue,
    parts.predicted_net_revenue as predicted_net_revenue_of_parts
from expected
full outer join parts
    on
        expected.business_unit = parts.business_unit
        and expected.cut_off_date = parts.cut_off_date
        and expected.method_name = parts.method_name
        and expected.parted_by = parts.parted_by
where
    expected.customers_count is distinct from parts.customers_count
    or expected.actual_net_revenue is null
    or parts.actual_net_revenue is null
    or abs(expected.actual_net_revenue - parts.actual_net_revenue) > parts.rounding + 0.01
    or abs(expected.predicted_net_revenue - parts.predicted_net_revenue) > parts.rounding + 0.01
