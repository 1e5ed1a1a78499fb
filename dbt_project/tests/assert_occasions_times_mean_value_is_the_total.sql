-- Spend is frequency times value: occasions x mean value gives the total to the cent.
select
    customer_id,
    window_occasions_count,
    window_mean_net_revenue,
    window_net_revenue,
    lifetime_occasions_count,
    lifetime_mean_net_revenue,
    lifetime_net_revenue
from {{ ref('fct_customer_rfm') }}
where
    round(lifetime_occasions_count * lifetime_mean_net_revenue, 2)
    is distinct from lifetime_net_revenue
    or (
        window_occasions_count > 0
        and round(window_occasions_count * window_mean_net_revenue, 2)
        is distinct from window_net_revenue
    )
    or (window_occasions_count = 0) is distinct from (window_mean_net_revenue is null)
