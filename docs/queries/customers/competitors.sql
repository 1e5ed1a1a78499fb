-- Which competitors are in use at our accounts, how satisfied are they, and what did we lose?
-- 客户在用哪些竞争对手的产品，满意度如何，我们输掉了多少项目？
-- Unit: industrial
select
    competitor_name,
    competitor_name_other,
    count(distinct customer_id) as accounts,
    count(satisfaction_score) as scored,
    cast(avg(satisfaction_score) as decimal(4, 2)) as mean_satisfaction,
    sum(lost_projects_count) as lost_projects
from marts.fct_competitor_products
where business_unit = 'industrial'
group by competitor_name, competitor_name_other
order by accounts desc, competitor_name asc
