-- The group view and the individual view of any month tell the same.
with customers as (

    select
        business_unit,
        snapshot_date,
        segment,
        count(*) as customers_count,
        sum(case when customer_status = 'active' then 1 else 0 end) as active_customers_count,
        sum(case when customer_status = 'reactivated' then 1 else 0 end)
            as reactivated_customers_count,
        sum(case when customer_status = 'slipping' then 1 else 0 end) as slipping_customers_count,
        sum(case when customer_status = 'lost' then 1 else 0 end) as lost_customers_count,
        sum(case when is_past_long_gap then 1 else 0 end) as past_long_gap_customers_count,
        sum(window_occasions_count) as window_occasions_count,
        sum(window_net_revenue) as window_net_revenue,
        sum(lifetime_net_revenue) as lifetime_net_revenue
    from {{ ref('fct_customer_rfm_months') }}
    group by business_unit, snapshot_date, segment

),

segments as (

    select * from {{ ref('fct_rfm_segment_months') }}

)

select
    coalesce(customers.business_unit, segments.business_unit) as business_unit,
    coalesce(customers.snapshot_date, segments.snapshot_date) as snapshot_date,
    coalesce(customers.segment, segments.segment) as segment,
    customers.customers_count,
    segments.customers_count as customers_count_of_segment
from customers
full outer join segments
    on
        customers.business_unit = segments.business_unit
        and customers.snapshot_date = segments.snapshot_date
        and customers.segment = segments.segment
where
    customers.customers_count is distinct from segments.customers_count
    or customers.active_customers_count is distinct from segments.active_customers_count
    or customers.reactivated_customers_count is distinct from segments.reactivated_customers_count
    or customers.slipping_customers_count is distinct from segments.slipping_customers_count
    or customers.lost_customers_count is distinct from segments.lost_customers_count
    or customers.past_long_gap_customers_count
    is distinct from segments.past_long_gap_customers_count
    or customers.window_occasions_count is distinct from segments.window_occasions_count
    or customers.window_net_revenue is distinct from segments.window_net_revenue
    or customers.lifetime_net_revenue is distinct from segments.lifetime_net_revenue
