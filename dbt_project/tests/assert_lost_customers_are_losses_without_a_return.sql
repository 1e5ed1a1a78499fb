-- Who is lost today was lost in some month and has not come back since.
with losses as (

    select
        business_unit,
        sum(losses_count - returns_to_date_count) as lost_customers_count
    from {{ ref('fct_lost_customer_months') }}
    group by business_unit

),

customers as (

    select
        business_unit,
        sum(case when customer_status = 'lost' then 1 else 0 end) as lost_customers_count
    from {{ ref('fct_customer_rfm') }}
    group by business_unit

)

select
    coalesce(customers.business_unit, losses.business_unit) as business_unit,
    customers.lost_customers_count,
    losses.lost_customers_count as lost_customers_count_of_months
from customers
full outer join losses
    on customers.business_unit = losses.business_unit
where
    coalesce(customers.lost_customers_count, 0) <> coalesce(losses.lost_customers_count, 0)
