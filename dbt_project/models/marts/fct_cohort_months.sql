with months as (

    select * from {{ ref('int_customers__monthly_activity') }}

),

totals as (

    select * from {{ ref('int_customers__lifetime_totals') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

-- A cohort is who first ordered in one month; refunds without an order start nothing.
cohort_months as (

    select
        months.business_unit,
        {{ month_start('totals.first_order_date') }} as cohort_month_date,
        months.month_start_date,
        months.customer_id,
        months.is_active,
        months.purchase_occasions_count,
        months.net_revenue
    from months
    inner join totals
        on months.customer_id = totals.customer_id
    inner join customers
        on months.customer_id = customers.customer_id
    where
        months.is_complete
        and not customers.is_unknown
        and totals.first_order_date is not null
        and months.month_start_date >= {{ month_start('totals.first_order_date') }}

),

summed as (

    select
        business_unit,
        cohort_month_date,
        month_start_date,
        {{ months_between('cohort_month_date', 'month_start_date') }} as months_since_first,
        count(*) as customers_count,
        cast(sum(case when is_active then 1 else 0 end) as bigint) as active_customers_count,
        cast(sum(purchase_occasions_count) as bigint) as purchase_occasions_count,
        {{ money('sum(net_revenue)') }} as net_revenue
    from cohort_months
    group by business_unit, cohort_month_date, month_start_date

),

cumulated as (

    select
        business_unit,
        cohort_month_date,
        month_start_date,
        months_since_first,
        customers_count,
        active_customers_count,
        purchase_occasions_count,
        net_revenue,
        {{ money(
            'sum(net_revenue) over (partition by business_unit, cohort_month_date '
            ~ 'order by month_start_date rows unbounded preceding)'
        ) }} as cumulative_net_revenue
    from summed

),

final as (

    select
        business_unit,
        cohort_month_date,
        months_since_first,
        customers_count,
        active_customers_count,
        {{ share('active_customers_count', 'customers_count') }} as retention_ratio,
        {{ wilson_bound('active_customers_count', 'customers_count', -1) }}
            as retention_ratio_lower,
        {{ wilson_bound('active_customers_count', 'customers_count', 1) }}
            as retention_ratio_upper,
        purchase_occasions_count,
        net_revenue,
        cumulative_net_revenue,
        {{ per_part('cumulative_net_revenue', 'customers_count') }}
            as cumulative_net_revenue_per_customer,
        {{ data_basis('customers_count') }} as data_basis,
        month_start_date
    from cumulated

)

select * from final
