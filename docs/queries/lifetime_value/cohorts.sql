-- Do customers won at different times stay, and what have they brought a year on?
-- 不同时期获得的客户留存如何，一年后累计带来多少？
-- Unit: industrial
select
    extract(year from cohort_month_date) as first_year,
    count(*) as cohorts,
    sum(customers_count) as customers,
    sum(active_customers_count) as active_a_year_on,
    cast(sum(active_customers_count) / sum(customers_count) as decimal(5, 3)) as retention_ratio,
    cast(sum(cumulative_net_revenue) / sum(customers_count) as decimal(18, 2)) as brought_each
from marts.fct_cohort_months
where business_unit = 'industrial' and months_since_first = 12
group by first_year
having sum(customers_count) >= 30
order by first_year
