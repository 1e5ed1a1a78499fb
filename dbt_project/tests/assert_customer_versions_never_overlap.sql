-- A customer has one set of attributes on any day: versions start before they end, and the next
-- one starts no earlier than the last one ended.
with versions as (

    select
        customer_id,
        version_number,
        valid_from_date,
        valid_to_date,
        lead(valid_from_date) over (
            partition by customer_id order by version_number
        ) as next_valid_from_date
    from {{ ref('dim_customers_history') }}

)

select
    customer_id,
    version_number,
    valid_from_date,
    valid_to_date,
    next_valid_from_date
from versions
where
    valid_to_date <= valid_from_date
    or next_valid_from_date < valid_to_date
    or (next_valid_from_date is not null and valid_to_date is null)
