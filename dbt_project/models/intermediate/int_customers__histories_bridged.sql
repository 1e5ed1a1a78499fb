{%- set states = ['opening', 'identified', 'completed', 'informed'] -%}
with at_opening as (

    select * from {{ ref('int_customers__activity_at_opening') }}

),

activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

-- What the load of the opening date knew, by the customers that it knew; the same records by the
-- customers known now.
{% for state, customer in [
    ('opening', 'customer_id_at_opening'), ('identified', 'customer_id')
] -%}
{{ state }} as (

    select
        {{ customer }} as customer_id,
        business_unit,
        {{ money('sum(net_revenue)') }} as net_revenue,
        count(distinct case when purchase_occasions_count > 0 then activity_date end)
            as occasions_count,
        min(case when purchase_occasions_count > 0 then activity_date end) as first_date,
        max(case when purchase_occasions_count > 0 then activity_date end) as last_date
    from at_opening
    group by {{ customer }}, business_unit

),

{% endfor -%}
-- All records of then, late ones too.
completed as (

    select
        customer_id,
        business_unit,
        {{ money('sum(net_revenue)') }} as net_revenue,
        sum(purchase_occasions_count) as occasions_count,
        min(case when purchase_occasions_count > 0 then activity_date end) as first_date,
        max(case when purchase_occasions_count > 0 then activity_date end) as last_date
    from activity
    where activity_date < {{ opening_date() }}
    group by customer_id, business_unit

),

informed as (

    select
        customer_id,
        business_unit,
        {{ money('sum(net_revenue)') }} as net_revenue,
        sum(purchase_occasions_count) as occasions_count,
        min(case when purchase_occasions_count > 0 then activity_date end) as first_date,
        max(case when purchase_occasions_count > 0 then activity_date end) as last_date,
        {{ money(
            'sum(case when activity_date >= ' ~ opening_date() ~ ' then sales_revenue else 0 end)'
        ) }} as new_orders,
        {{ money(
            'sum(case when activity_date >= ' ~ opening_date() ~ ' then refund else 0 end)'
        ) }} as new_refunds
    from activity
    group by customer_id, business_unit

),

listed as (

    {%- for state in states %}
    select
        customer_id,
        business_unit
    from {{ state }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

customers as (

    select
        customer_id,
        business_unit,
        customer_id = {{ unknown_id('business_unit') }} as is_unknown
    from listed
    group by customer_id, business_unit

),

-- The unknown member is nobody: it has money but no habits.
final as (

    select
        customers.customer_id,
        customers.business_unit,
        {%- for state in states %}
        coalesce({{ state }}.net_revenue, 0) as {{ state }}_net_revenue,
        cast(
            case when customers.is_unknown then 0 else coalesce({{ state }}.occasions_count, 0) end
            as bigint
        ) as {{ state }}_occasions_count,
        {{ days_between(state ~ '.first_date', state ~ '.last_date') }}
            as {{ state }}_age_at_last_purchase_days,
        {{ days_between(
            state ~ '.first_date',
            as_of_date() if state == 'informed' else opening_date()
        ) }} as {{ state }}_age_days,
        {%- endfor %}
        {{ days_between('completed.first_date', as_of_date()) }} as aged_age_days,
        coalesce(informed.new_orders, 0) as new_orders,
        coalesce(informed.new_refunds, 0) as new_refunds,
        customers.is_unknown
    from customers
    left join opening
        on customers.customer_id = opening.customer_id
    left join identified
        on customers.customer_id = identified.customer_id
    left join completed
        on customers.customer_id = completed.customer_id
    left join informed
        on customers.customer_id = informed.customer_id

)

select * from final
