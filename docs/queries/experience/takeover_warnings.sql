-- Which accounts is procurement about to take over, and what is at stake?
-- 哪些客户即将被采购部门接管，涉及多少收入？
-- Unit: industrial
select
    customer_id,
    revenue_at_risk,
    round(procurement_before_ratio, 2) as procurement_before,
    round(procurement_ratio, 2) as procurement_now,
    round(past_precision_ratio, 2) as right_before
from marts.fct_takeover_warnings
where business_unit = 'industrial' and is_warned and outcome = 'open'
order by revenue_at_risk desc, customer_id asc
limit 3
