-- Do those who come often also spend much at a time (spend and profit created)?
-- 来得勤的客户，每次花费也多吗（花费与利润）？
-- Unit: retail
select
    first_score as frequency_score,
    sum(customers_count) as customers,
    sum(window_occasions_count) as occasions,
    sum(window_net_revenue) as net_revenue,
    cast(sum(window_net_revenue) / sum(window_occasions_count) as decimal(18, 2))
        as mean_per_occasion,
    sum(case when second_score = 5 then customers_count else 0 end) as of_best_value_score
from marts.fct_rfm_pairs
where business_unit = 'retail' and pair = 'frequency_monetary'
group by first_score
order by first_score desc
