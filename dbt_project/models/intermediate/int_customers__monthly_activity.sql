{%- set measures = [
    'gross_revenue',
    'discount',
    'sales_revenue',
    'refund',
    'net_revenue',
    'coupon_discount',
] -%}
with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

calendar as (

    select * from {{ ref('int_months__calendar') }}

),

active_months as (

    select
        customer_id,
        business_unit,
        {{ month_start('activity_date') }} as month_start_date,
        {%- for measure in measures %}
        sum({{ measure }}) as {{ measure }},
        {%- endfor %}
        sum(orders_count) as orders_count,
        sum(purchase_occasions_count) as purchase_occasions_count
    from activity
    group by customer_id, business_unit, {{ month_start('activity_date') }}

),

last_month as (

    select max(next_month_start_date) as next_month_start_date
    from calendar

),

-- Running sums are taken over months with activity and stand until the next one: to take them over
-- all months, many more rows would have to be sorted.
carried as (

    select
        customer_id,
        business_unit,
        month_start_date,
        orders_count,
        purchase_occasions_count,
        {%- for measure in measures %}
        {{ measure }},
        {%- endfor %}
        sum(orders_count) over (
            partition by customer_id order by month_start_date rows unbounded preceding
        ) as cumulative_orders_count,
        sum(net_revenue) over (
            partition by customer_id order by month_start_date rows unbounded preceding
        ) as cumulative_net_revenue,
        first_value(month_start_date) over (
            partition by customer_id order by month_start_date rows unbounded preceding
        ) as first_month_date,
        lead(month_start_date) over (
            partition by customer_id order by month_start_date
        ) as next_active_month_date
    from active_months

),

-- Months without a purchase are rows too: silence is what most questions are about.
numbered as (

    select
        carried.customer_id,
        carried.business_unit,
        carried.month_start_date as active_month_date,
        carried.orders_count,
        carried.purchase_occasions_count,
        {%- for measure in measures %}
        carried.{{ measure }},
        {%- endfor %}
        carried.cumulative_orders_count,
        carried.cumulative_net_revenue,
        carried.first_month_date,
        {{ numbers_below(months_between(
            'carried.month_start_date',
            'coalesce(carried.next_active_month_date, last_month.next_month_start_date)'
        )) }} as silent_months_count
    from carried
    cross join last_month

),

filled as (

    select
        customer_id,
        business_unit,
        {{ add_months('active_month_date', 'cast(silent_months_count as integer)') }}
            as month_start_date,
        case when silent_months_count = 0 then orders_count else 0 end as orders_count,
        case when silent_months_count = 0 then purchase_occasions_count else 0 end
            as purchase_occasions_count,
        {%- for measure in measures %}
        case when silent_months_count = 0 then {{ measure }} else 0 end as {{ measure }},
        {%- endfor %}
        cumulative_orders_count,
        cumulative_net_revenue,
        first_month_date
    from numbered

),

final as (

    select
        customer_id,
        business_unit,
        month_start_date,
        {{ months_between('first_month_date', 'month_start_date') }} as months_since_first,
        cast(orders_count as bigint) as orders_count,
        cast(purchase_occasions_count as bigint) as purchase_occasions_count,
        {%- for measure in measures %}
        {{ money(measure) }} as {{ measure }},
        {%- endfor %}
        cast(cumulative_orders_count as bigint) as cumulative_orders_count,
        {{ money('cumulative_net_revenue') }} as cumulative_net_revenue,
        orders_count > 0 as is_active,
        {{ add_months('month_start_date', 1) }} <= {{ as_of_date() }} as is_complete
    from filled

)

select * from final
