-- Every known customer with an order is scored, once, with the lifetime that customer value has.
with rfm as (

    select * from {{ ref('fct_customer_rfm') }}

),

value as (

    select * from {{ ref('fct_customer_value') }}
    where not is_unknown

)

select
    value.customer_id,
    rfm.customer_id as customer_id_of_rfm,
    value.net_revenue,
    rfm.lifetime_net_revenue
from value
full outer join rfm
    on value.customer_id = rfm.customer_id
where
    value.net_revenue is distinct from rfm.lifetime_net_revenue
    or value.purchase_occasions_count is distinct from rfm.lifetime_occasions_count
    or value.last_order_date is distinct from rfm.last_occasion_date
