-- Why is the customer base worth more than a month ago?
-- 客户总价值与一个月前相比因何变化？
-- Unit: retail
select
    sum(opening_value) as opening,
    sum(late_data_change) as late,
    sum(ageing_change) as ageing,
    sum(new_orders_change) as orders,
    sum(refunds_change) as refunds,
    sum(information_change) as information,
    sum(model_change) as model,
    sum(closing_value) as closing
from marts.fct_customer_value_bridge
where business_unit = 'retail'
