-- Are our customers turning from generalists into specialists?
-- 客户是否正由无经验的多面手变为有经验的专家？
-- Unit: industrial
select
    quarter_start_date,
    sum(case when experience_stage = 'inexperienced_generalist' then 1 else 0 end) as generalists,
    sum(case when experience_stage = 'in_transition' then 1 else 0 end) as in_transition,
    sum(case when experience_stage = 'experienced_specialist' then 1 else 0 end) as specialists,
    sum(case when experience_stage = 'unknown' then 1 else 0 end) as unknown_stage
from marts.fct_experience_stages
where business_unit = 'industrial'
group by quarter_start_date
order by quarter_start_date desc
limit 8
