-- How did the last months go?
-- 最近几个月的经营情况如何？
-- Unit: retail
select
    month_start_date,
    sum(case when is_active then 1 else 0 end) as buyers,
    sum(orders_count) as orders,
    sum(net_revenue) as net_revenue
from marts.fct_customer_months
where business_unit = 'retail'
group by month_start_date
order by month_start_date desc
limit 3
