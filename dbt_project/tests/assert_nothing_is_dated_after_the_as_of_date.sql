-- The as-of date closes every window: what happened on it or later is not known yet.
select
    'fct_orders' as mart,
    order_id as id,
    order_date as dated
from {{ ref('fct_orders') }}
where order_date >= {{ as_of_date() }}
union all
select
    'fct_refunds' as mart,
    refund_id as id,
    refund_date as dated
from {{ ref('fct_refunds') }}
where refund_date >= {{ as_of_date() }}
union all
select
    'fct_campaign_touches' as mart,
    campaign_id as id,
    coalesce(last_redemption_date, sent_date) as dated
from {{ ref('fct_campaign_touches') }}
where last_redemption_date >= {{ as_of_date() }} or sent_date >= {{ as_of_date() }}
union all
select
    'dim_customers_history' as mart,
    customer_id as id,
    valid_from_date as dated
from {{ ref('dim_customers_history') }}
where valid_from_date > {{ as_of_date() }} or valid_to_date > {{ as_of_date() }}
