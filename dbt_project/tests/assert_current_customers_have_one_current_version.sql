-- A customer of the dimension has exactly one current version, a deleted one none.
with current_versions as (

    select
        customer_id,
        count(*) as versions_count
    from {{ ref('dim_customers_history') }}
    where is_current
    group by customer_id

),

customers as (

    select * from {{ ref('dim_customers') }}
    where not is_unknown

)

select
    customers.customer_id,
    current_versions.customer_id as customer_id_of_versions,
    customers.is_deleted,
    current_versions.versions_count
from customers
full outer join current_versions
    on customers.customer_id = current_versions.customer_id
where
    coalesce(current_versions.versions_count, 0)
    is distinct from case when customers.is_deleted then 0 else 1 end
