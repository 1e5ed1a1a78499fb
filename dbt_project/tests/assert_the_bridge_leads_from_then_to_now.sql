-- For every customer the parts of the bridge lead from its opening to its closing value to the
-- cent; the closing value is that of fct_customer_value, and the customer's months hold the same
-- history before the opening date and the same orders and refunds since.
with bridge as (

    select * from {{ ref('fct_customer_value_bridge') }}

),

customer_values as (

    select * from {{ ref('fct_customer_value') }}

),

months as (

    select * from {{ ref('fct_customer_months') }}

),

by_month as (

    select
        customer_id,
        sum(case when month_start_date < {{ opening_date() }} then net_revenue else 0 end)
            as net_revenue_before,
        sum(case when month_start_date >= {{ opening_date() }} then sales_revenue else 0 end)
            as sales_revenue_since,
        sum(case when month_start_date >= {{ opening_date() }} then refund else 0 end)
            as refund_since
    from months
    group by customer_id

),

-- Identities move money between customers and make none.
moved as (

    select
        business_unit,
        sum(opening_net_revenue + late_net_revenue + new_orders_change + refunds_change)
        - sum(closing_net_revenue) as net_revenue_lost
    from bridge
    group by business_unit

),

compared as (

    select
        coalesce(bridge.customer_id, customer_values.customer_id) as customer_id,
        bridge.opening_value + bridge.identity_change + bridge.late_data_change
        + bridge.ageing_change + bridge.new_orders_change + bridge.refunds_change
        + bridge.information_change + bridge.model_change as parts,
        bridge.closing_value,
        bridge.closing_net_revenue,
        bridge.new_orders_change,
        bridge.refunds_change,
        coalesce(customer_values.net_revenue, 0)
        + coalesce(customer_values.predicted_net_revenue_next_365_days, 0) as customer_value,
        coalesce(by_month.net_revenue_before, 0) as net_revenue_before,
        coalesce(by_month.sales_revenue_since, 0) as sales_revenue_since,
        coalesce(by_month.refund_since, 0) as refund_since
    from bridge
    full outer join customer_values
        on bridge.customer_id = customer_values.customer_id
    left join by_month
        on bridge.customer_id = by_month.customer_id

)

select customer_id
from compared
where
    parts is null
    or parts <> closing_value
    or closing_value <> customer_value
    or closing_net_revenue <> net_revenue_before + sales_revenue_since - refund_since
    or new_orders_change <> sales_revenue_since
    or refunds_change <> -refund_since
union all
select business_unit as customer_id
from moved
where net_revenue_lost <> 0
