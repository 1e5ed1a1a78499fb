-- Whose file changed, from what to what, and on which day?
-- 哪些客户的资料发生过变化，何时由什么变为什么？
-- Unit: retail
select
    history.customer_id,
    history.valid_from_date as changed_on,
    earlier.marital_status as marital_status_before,
    history.marital_status,
    earlier.household_size_band as household_size_before,
    history.household_size_band as household_size,
    earlier.income_band as income_before,
    history.income_band as income
from marts.dim_customers_history as history
inner join marts.dim_customers_history as earlier
    on
        history.customer_id = earlier.customer_id
        and history.version_number = earlier.version_number + 1
where history.business_unit = 'retail'
order by history.valid_from_date, history.customer_id
limit 10
