-- Do the loyal pay more, cost less and refer others?
-- 忠诚客户是否付得更多、花费更少、带来推荐？
-- Unit: industrial
select
    labels.name_en as claim,
    labels.name_zh as 说法,
    claims.verdict,
    claims.cases_count as cases,
    round(claims.mean_difference, 4) as mean_difference,
    round(claims.mean_difference_lower, 4) as at_least,
    round(claims.mean_difference_upper, 4) as at_most
from marts.fct_tenure_hypotheses as claims
inner join marts.dim_labels as labels
    on
        labels.kind = 'tenure_hypothesis'
        and claims.hypothesis = labels.code
where claims.business_unit = 'industrial'
order by labels.list_position
