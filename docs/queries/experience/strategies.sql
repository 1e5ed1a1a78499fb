-- Which strategy fits how many accounts and families, by the newest quarter?
-- 最近一个季度，各种战略适合多少客户与产品系列？
-- Unit: industrial
select
    labels.name_en as strategy,
    labels.name_zh as 战略,
    count(*) as accounts_and_families,
    cast(avg(stages.confidence_ratio) as decimal(4, 3)) as mean_confidence
from marts.fct_experience_stages as stages
inner join marts.dim_labels as labels
    on
        labels.kind = 'customer_strategy'
        and stages.strategy = labels.code
where
    stages.business_unit = 'industrial'
    and stages.quarter_start_date = (
        select max(newest.quarter_start_date) from marts.fct_experience_stages as newest
    )
group by labels.list_position, labels.name_en, labels.name_zh
order by labels.list_position
