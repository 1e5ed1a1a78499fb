-- The dimension shows what the history says is current.
with current_versions as (

    select * from {{ ref('dim_customers_history') }}
    where is_current

),

customers as (

    select * from {{ ref('dim_customers') }}

)

select
    customers.customer_id,
    current_versions.version_number
from customers
inner join current_versions
    on customers.customer_id = current_versions.customer_id
where
    customers.age_band is distinct from current_versions.age_band
    or customers.income_band is distinct from current_versions.income_band
    or customers.home_ownership is distinct from current_versions.home_ownership
    or customers.marital_status is distinct from current_versions.marital_status
    or customers.household_size_band is distinct from current_versions.household_size_band
    or customers.household_composition is distinct from current_versions.household_composition
    or customers.kids_band is distinct from current_versions.kids_band
    or customers.profile_filled_ratio is distinct from current_versions.profile_filled_ratio
    or customers.customer_since_date is distinct from current_versions.customer_since_date
