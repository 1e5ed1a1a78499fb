-- What will the best bring in the next year, and are they still there?
-- 最好的客户未来一年预计带来多少，他们还在吗？
-- Unit: retail
select
    customer_id,
    predicted_net_revenue_next_365_days as next_year,
    predicted_occasions_next_365_days as occasions,
    predicted_net_revenue_per_occasion as per_occasion,
    round(probability_alive, 3) as probability_alive
from marts.fct_customer_value
where business_unit = 'retail' and prediction_basis = 'model'
order by next_year desc, customer_id asc
limit 3
