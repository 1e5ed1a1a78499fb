-- Where do the customers of the best segment go in a month?
-- 最优客户群的客户一个月后去了哪里？
-- Unit: retail
select
    to_segment,
    transitions_count as transitions,
    from_transitions_count as of_all,
    round(transition_ratio, 4) as ratio,
    round(transition_ratio_lower, 4) as at_least,
    round(transition_ratio_upper, 4) as at_most
from marts.fct_segment_transitions
where business_unit = 'retail' and period = 'all' and from_segment = 'champions'
order by transitions desc, to_segment asc
limit 6
