-- Are the most frequent customers the most loyal and the most satisfied?
-- 购买最频繁的客户是否最忠诚、最满意？
-- Unit: both
select
    business_unit,
    hypothesis,
    horizon_days,
    verdict,
    customers_count as customers,
    round(rank_correlation, 2) as rank_correlation,
    round(rank_correlation_lower, 2) as at_least,
    round(rank_correlation_upper, 2) as at_most
from marts.fct_loyalty_hypotheses
order by business_unit, hypothesis, horizon_days
