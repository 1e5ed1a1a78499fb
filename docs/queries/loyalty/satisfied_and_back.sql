-- How many are satisfied, and how many of the satisfied bought again?
-- 满意的客户有多少，其中又有多少再次购买？
-- Unit: industrial
select
    labels.name_en as surveys_of,
    labels.name_zh as 调查范围,
    surveys.answered_surveys_count as answered,
    round(surveys.satisfied_ratio, 3) as satisfied,
    surveys.followed_surveys_count as satisfied_and_followed,
    round(surveys.repurchase_ratio, 3) as bought_again,
    round(surveys.gap_ratio, 3) as gap,
    round(surveys.response_ratio, 3) as response,
    round(surveys.bonus_relevant_ratio, 3) as bonus_hangs_on_it,
    surveys.median_days_from_purchase as days_from_purchase
from marts.fct_satisfaction_repurchase as surveys
inner join marts.dim_labels as labels
    on
        labels.kind = 'survey_basis'
        and surveys.survey_basis = labels.code
where surveys.business_unit = 'industrial' and surveys.scope = 'all'
order by surveys.survey_basis
