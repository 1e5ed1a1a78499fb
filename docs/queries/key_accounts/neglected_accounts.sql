-- Which key accounts has the sponsor left alone, and what else is overdue there?
-- 哪些重点客户久未得到行政支持者的联系，还有什么逾期未办？
-- Unit: industrial
select
    customer_id,
    sponsor_silence_days,
    overdue_items_count as overdue_items,
    complaints_count - answered_complaints_count as complaints_unanswered,
    meeting_status as yearly_meeting,
    round(on_time_ratio, 3) as on_time,
    round(budget_spent_ratio, 2) as budget_spent
from marts.fct_account_coverage
where business_unit = 'industrial' and is_key_account and sponsor_status = 'gap'
order by overdue_items_count desc, sponsor_silence_days desc, customer_id asc
limit 5
