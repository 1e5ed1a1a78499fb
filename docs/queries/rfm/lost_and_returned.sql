-- How many customers were lost each month, and how many of them came back within the window?
-- 每月流失多少客户，其中多少在回归窗口内回来了？
-- Unit: industrial
select
    lost_month_date,
    losses_count as lost,
    closed_losses_count as window_over,
    returns_in_window_count as returned_in_window,
    cumulative_closed_losses_count as window_over_to_date,
    round(cumulative_return_ratio, 3) as return_ratio_to_date,
    cumulative_data_basis as data_basis
from marts.fct_lost_customer_months
where business_unit = 'industrial' and closed_losses_count > 0
order by lost_month_date desc
limit 6
