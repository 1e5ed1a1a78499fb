-- Which accounts should be key accounts, and which of them are?
-- 哪些客户应当是重点客户，现在是不是？
-- Unit: industrial
select
    labels.name_en as account_position,
    labels.name_zh as 定位,
    count(*) as accounts,
    sum(case when selection.is_key_account then 1 else 0 end) as key_accounts_today,
    sum(case when selection.margin_class = 'A' then 1 else 0 end) as of_margin_class_a,
    sum(selection.margin_last_12_months) as margin_last_12_months
from marts.fct_key_account_selection as selection
inner join marts.dim_labels as labels
    on
        labels.kind = 'account_position'
        and selection.account_position = labels.code
where selection.business_unit = 'industrial'
group by labels.list_position, labels.name_en, labels.name_zh
order by labels.list_position
