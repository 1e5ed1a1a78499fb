-- What lowers satisfaction, and what would a year without it be worth?
-- 什么降低了满意度，若消除它一年可值多少？
-- Unit: industrial
select
    labels.name_en as driver,
    labels.name_zh as 因素,
    drivers.verdict,
    drivers.affected_surveys_count as affected,
    drivers.other_surveys_count as others,
    round(drivers.affected_satisfied_ratio, 3) as satisfied_with_it,
    round(drivers.other_satisfied_ratio, 3) as satisfied_without,
    drivers.return_per_year
from marts.fct_satisfaction_drivers as drivers
inner join marts.dim_labels as labels
    on
        labels.kind = 'satisfaction_driver'
        and drivers.driver = labels.code
where drivers.business_unit = 'industrial'
order by labels.list_position
