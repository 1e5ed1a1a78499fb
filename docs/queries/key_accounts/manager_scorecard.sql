-- Whose customers buy again, and what do they say?
-- 哪位客户经理的客户会再次购买，他们又怎么说？
-- Unit: industrial
select
    account_manager_id,
    accounts_count as accounts,
    purchases_count as purchases,
    round(repurchase_ratio, 3) as bought_again,
    round(repurchase_ratio_lower, 3) as at_least,
    round(repurchase_ratio_upper, 3) as at_most,
    round(unit_repurchase_ratio, 3) as of_the_unit,
    answered_surveys_count as surveys,
    round(satisfied_ratio, 3) as satisfied
from marts.fct_account_manager_scorecard
where business_unit = 'industrial' and data_basis = 'sufficient'
order by repurchase_ratio desc, account_manager_id asc
limit 5
