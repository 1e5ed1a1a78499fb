-- What was refunded last year, and why?
-- 过去一年退了多少款，原因是什么？
-- Unit: industrial
select
    refunds.refund_reason as reason,
    count(*) as refunds,
    sum(refunds.refund) as refund,
    sum(case when refunds.is_above_sale then 1 else 0 end) as above_the_sale
from marts.fct_refunds as refunds
inner join marts.fct_customer_value as customers on refunds.customer_id = customers.customer_id
where
    refunds.business_unit = 'industrial'
    and refunds.refund_date >= customers.as_of_date - interval 1 year
group by refunds.refund_reason
order by refund desc
