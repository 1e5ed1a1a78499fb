-- Which files on our customers have gaps or are stale?
-- 客户资料中哪些不完整或已过期？
-- Unit: both
select
    files.business_unit,
    labels.name_en as file_kind,
    labels.name_zh as 资料,
    count(*) as customers,
    sum(case when files.is_complete then 1 else 0 end) as complete,
    sum(case when files.is_stale then 1 else 0 end) as stale,
    cast(avg(files.filled_ratio) as decimal(4, 3)) as mean_filled_ratio
from marts.fct_file_completeness as files
inner join marts.dim_labels as labels
    on
        labels.kind = 'file_kind'
        and files.file_kind = labels.code
group by files.business_unit, labels.list_position, labels.name_en, labels.name_zh
order by files.business_unit, labels.list_position
