-- What does it take to score 5, and what did each score hold?
-- 各项得分的分界值是多少，各有多少客户？
-- Unit: retail
select
    measure,
    score,
    cut_value,
    lowest_value,
    highest_value,
    customers_count as customers
from marts.fct_rfm_cut_points
where
    business_unit = 'retail'
    and score_method = 'quintile'
    and snapshot_date = (
        select max(newest.snapshot_date) from marts.fct_rfm_cut_points as newest
    )
order by measure asc, score desc
