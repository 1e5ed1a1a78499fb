-- What a customer has been worth is what its months have come to.
with value as (

    select * from {{ ref('fct_customer_value') }}

),

last_months as (

    select
        customer_id,
        max(month_start_date) as month_start_date
    from {{ ref('fct_customer_months') }}
    group by customer_id

),

months as (

    select months.*
    from {{ ref('fct_customer_months') }} as months
    inner join last_months
        on
            months.customer_id = last_months.customer_id
            and months.month_start_date = last_months.month_start_date

)

select
    value.customer_id,
    months.customer_id as customer_id_of_months,
    value.net_revenue,
    months.cumulative_net_revenue
from value
full outer join months
    on value.customer_id = months.customer_id
where
    value.net_revenue is distinct from months.cumulative_net_revenue
    or value.orders_count is distinct from months.cumulative_orders_count
