-- How much of each year's revenue comes in bundles, as services, and as parts alone?
-- 每年的收入中，成套销售、服务与单件各占多少？
-- Unit: industrial
select
    extract(year from order_date) as order_year,
    count(distinct order_id) as orders,
    sum(net_revenue) as net_revenue,
    cast(
        sum(case when bundle_id is not null then net_revenue else 0 end) / sum(net_revenue)
        as decimal(5, 3)
    ) as bundled_ratio,
    cast(
        sum(case when bundle_id is null and is_service then net_revenue else 0 end)
        / sum(net_revenue)
        as decimal(5, 3)
    ) as service_ratio,
    cast(sum(discount) / sum(gross_revenue) as decimal(5, 3)) as discount_ratio
from marts.fct_order_lines
where business_unit = 'industrial'
group by order_year
order by order_year
