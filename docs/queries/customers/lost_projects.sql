-- Why did we lose projects, and how much budget went with them?
-- 项目因何丢失，涉及多少预算？
-- Unit: industrial
select
    labels.name_en as reason,
    labels.name_zh as 原因,
    projects.currency_code as currency,
    count(*) as projects,
    sum(projects.budget_source) as budget,
    cast(avg(projects.competitive_quotes_count) as decimal(4, 1)) as mean_competing_quotes
from marts.fct_projects as projects
inner join marts.dim_labels as labels
    on
        labels.kind = 'lost_reason'
        and projects.lost_reason = labels.code
where projects.business_unit = 'industrial' and projects.stage = 'lost'
group by labels.name_en, labels.name_zh, projects.currency_code
order by projects desc, reason asc, currency asc
