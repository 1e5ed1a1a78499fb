-- Each of the three pairs of scores shows all customers and all their money.
with pairs as (

    select
        business_unit,
        pair,
        sum(customers_count) as customers_count,
        sum(window_occasions_count) as window_occasions_count,
        sum(window_net_revenue) as window_net_revenue,
        sum(slipping_customers_count) as slipping_customers_count,
        sum(lost_customers_count) as lost_customers_count
    from {{ ref('fct_rfm_pairs') }}
    group by business_unit, pair

),

names as (

    select 'frequency_monetary' as pair
    union all
    select 'recency_frequency' as pair
    union all
    select 'recency_monetary' as pair

),

customers as (

    select
        business_unit,
        count(*) as customers_count,
        sum(window_occasions_count) as window_occasions_count,
        sum(window_net_revenue) as window_net_revenue,
        sum(case when customer_status = 'slipping' then 1 else 0 end) as slipping_customers_count,
        sum(case when customer_status = 'lost' then 1 else 0 end) as lost_customers_count
    from {{ ref('fct_customer_rfm') }}
    group by business_unit

),

expected as (

    select
        customers.business_unit,
        names.pair,
        customers.customers_count,
        customers.window_occasions_count,
        customers.window_net_revenue,
        customers.slipping_customers_count,
        customers.lost_customers_count
    from customers
    cross join names

)

select
    coalesce(expected.business_unit, pairs.business_unit) as business_unit,
    coalesce(expected.pair, pairs.pair) as pair,
    expected.customers_count,
    pairs.customers_count as customers_count_of_pair,
    expected.window_net_revenue,
    pairs.window_net_revenue as window_net_revenue_of_pair
from expected
full outer join pairs
    on
        expected.business_unit = pairs.business_unit
        and expected.pair = pairs.pair
where
    expected.customers_count is distinct from pairs.customers_count
    or expected.window_occasions_count is distinct from pairs.window_occasions_count
    or expected.window_net_revenue is distinct from pairs.window_net_revenue
    or expected.slipping_customers_count is distinct from pairs.slipping_customers_count
    or expected.lost_customers_count is distinct from pairs.lost_customers_count
