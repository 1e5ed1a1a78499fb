-- Which askers' surveys should not be taken at their word?
-- 哪些调查者的结果不能照单全收？
-- Unit: industrial
select
    asked_by_id,
    surveys_count as surveys,
    round(response_ratio, 3) as response,
    round(satisfied_ratio, 3) as satisfied,
    round(bonus_relevant_ratio, 3) as bonus_hangs_on_it,
    median_days_from_purchase as days_from_purchase,
    round(repurchase_ratio, 3) as bought_again,
    bias_signals_count as signs_of_bias
from marts.fct_survey_askers
where business_unit = 'industrial'
order by bias_signals_count desc, surveys_count desc, asked_by_id asc
limit 5
