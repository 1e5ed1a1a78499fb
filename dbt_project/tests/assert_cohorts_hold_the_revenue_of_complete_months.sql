-- Cohorts bring what their customers bring in complete months from the first order's month on.
with months as (

    select
        months.business_unit,
        months.month_start_date,
        count(*) as customers_count,
        sum(case when months.is_active then 1 else 0 end) as active_customers_count,
        sum(months.net_revenue) as net_revenue
    from {{ ref('fct_customer_months') }} as months
    inner join {{ ref('fct_customer_value') }} as customers
        on months.customer_id = customers.customer_id
    where
        months.is_complete
        and not customers.is_unknown
        and months.month_start_date >= {{ month_start('customers.first_order_date') }}
    group by months.business_unit, months.month_start_date

),

cohorts as (

    select
        business_unit,
        month_start_date,
        sum(customers_count) as customers_count,
        sum(active_customers_count) as active_customers_count,
        sum(net_revenue) as net_revenue
    from {{ ref('fct_cohort_months') }}
    group by business_unit, month_start_date

)

select
    coalesce(months.business_unit, cohorts.business_unit) as business_unit,
    coalesce(months.month_start_date, cohorts.month_start_date) as month_start_date,
    months.net_revenue,
    cohorts.net_revenue as net_revenue_of_cohorts
from months
full outer join cohorts
    on
        months.business_unit = cohorts.business_unit
        and months.month_start_date = cohorts.month_start_date
where
    months.customers_count is distinct from cohorts.customers_count
    or months.active_customers_count is distinct from cohorts.active_customers_count
    or months.net_revenue is distinct from cohorts.net_revenue
