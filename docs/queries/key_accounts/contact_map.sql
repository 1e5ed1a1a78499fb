-- Which of the nine cells of the contact map are covered at our key accounts?
-- 重点客户的九格联系人地图覆盖了多少？
-- Unit: industrial
select
    layers.name_en as layer,
    layers.name_zh as 层级,
    sum(case when cells.contact_function = 'user' and cells.is_covered then 1 else 0 end)
        as user_covered,
    sum(case when cells.contact_function = 'technical' and cells.is_covered then 1 else 0 end)
        as technical_covered,
    sum(case when cells.contact_function = 'finance' and cells.is_covered then 1 else 0 end)
        as finance_covered,
    count(distinct cells.customer_id) as key_accounts
from marts.fct_contact_cells as cells
inner join marts.fct_account_coverage as accounts on cells.customer_id = accounts.customer_id
inner join marts.dim_labels as layers
    on
        layers.kind = 'contact_layer'
        and cells.layer = layers.code
where accounts.business_unit = 'industrial' and cells.is_core and accounts.is_key_account
group by layers.list_position, layers.name_en, layers.name_zh
order by layers.list_position
