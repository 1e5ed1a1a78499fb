-- Who has a higher score has no lower measure, and days are counted to the as-of date.
with rfm as (

    select * from {{ ref('fct_customer_rfm') }}

),

ranked as (

    select
        customer_id,
        recency_days,
        last_occasion_date,
        as_of_date,
        recency_score - lead(recency_score) over (
            partition by business_unit order by recency_days asc, recency_score desc
        ) as recency_step,
        lead(frequency_score) over (
            partition by business_unit order by window_occasions_count, frequency_score
        ) - frequency_score as frequency_step,
        lead(monetary_score) over (
            partition by business_unit order by window_net_revenue, monetary_score
        ) - monetary_score as monetary_step
    from rfm

),

value as (

    select * from {{ ref('fct_customer_value') }}

)

select
    'fct_customer_rfm' as mart,
    customer_id
from ranked
where
    recency_days <> {{ dbt.datediff("last_occasion_date", "as_of_date", "day") }}
    or recency_step < 0
    or frequency_step < 0
    or monetary_step < 0
union all
select
    'fct_customer_value' as mart,
    customer_id
from value
where tenure_days <> {{ dbt.datediff("first_order_date", "as_of_date", "day") }}
