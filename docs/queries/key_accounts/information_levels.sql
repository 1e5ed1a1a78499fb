-- What does information cost by level, and do we win more where we have it?
-- 各级信息的成本是多少，掌握它的项目是否赢得更多？
-- Unit: industrial
select
    labels.name_en as information_level,
    labels.name_zh as 信息等级,
    costs.covered_accounts_count as accounts_covered,
    costs.known_items_count as items,
    costs.cost_per_item,
    round(costs.informed_won_ratio, 3) as won_with_it,
    round(costs.other_won_ratio, 3) as won_without,
    costs.value_verdict
from marts.fct_information_costs as costs
inner join marts.dim_labels as labels
    on
        labels.kind = 'account_subject'
        and costs.subject = labels.code
where costs.business_unit = 'industrial'
order by labels.list_position
