-- How much of the analysis of our key accounts is answered, and how old is it?
-- 重点客户的各项分析完成了多少，距今多久？
-- Unit: industrial
select
    labels.name_en as area,
    labels.name_zh as 分析领域,
    count(*) as key_accounts,
    sum(knowledge.known_items_count) as answered,
    sum(knowledge.items_count) as questions,
    sum(case when knowledge.is_stale then 1 else 0 end) as stale,
    cast(median(knowledge.newest_age_days) as integer) as median_age_days
from marts.fct_account_knowledge as knowledge
inner join marts.dim_labels as labels
    on
        labels.kind = 'account_subject'
        and knowledge.subject = labels.code
where knowledge.business_unit = 'industrial' and knowledge.subject_kind = 'analysis_area'
group by labels.list_position, labels.name_en, labels.name_zh
order by labels.list_position
