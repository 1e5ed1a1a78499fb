-- Which key accounts hang on one person?
-- 哪些重点客户只靠一个人维系？
-- Unit: industrial
select
    labels.name_en as contacts,
    labels.name_zh as 联系,
    count(*) as accounts
from marts.fct_account_coverage as accounts
inner join marts.dim_labels as labels
    on
        labels.kind = 'thread_verdict'
        and accounts.thread_verdict = labels.code
where accounts.business_unit = 'industrial' and accounts.is_key_account
group by labels.name_en, labels.name_zh
order by accounts desc
