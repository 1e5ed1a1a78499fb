-- Which open projects are past their planned purchase date, and who decides on them?
-- 哪些在谈项目已超过计划采购日期，由谁决策？
-- Unit: industrial
select
    project_id,
    customer_id,
    product_family,
    problem_to_solve,
    decision_maker_layer as decided_by_layer,
    decision_maker_function as decided_by_function,
    currency_code as currency,
    budget_source as budget,
    planned_purchase_date as planned
from marts.fct_projects
where business_unit = 'industrial' and stage = 'open' and is_overdue
order by currency_code asc, budget_source desc, project_id asc
limit 10
