{%- set pairs = [
    ('frequency_monetary', 'frequency_score', 'monetary_score'),
    ('recency_frequency', 'recency_score', 'frequency_score'),
    ('recency_monetary', 'recency_score', 'monetary_score'),
] -%}
with current_snapshots as (

    select * from {{ ref('int_customers__rfm_segmented') }}
    where snapshot_date = {{ as_of_date() }}

),

paired as (

    {% for pair, first_score, second_score in pairs -%}
    select
        business_unit,
        '{{ pair }}' as pair,
        {{ first_score }} as first_score,
        {{ second_score }} as second_score,
        window_occasions_count,
        window_net_revenue,
        customer_status
    from current_snapshots
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        business_unit,
        pair,
        first_score,
        second_score,
        count(*) as customers_count,
        cast(sum(window_occasions_count) as bigint) as window_occasions_count,
        {{ money('sum(window_net_revenue)') }} as window_net_revenue,
        {{ per_part('sum(window_net_revenue)', 'sum(window_occasions_count)', 6) }}
            as window_mean_net_revenue,
        cast(sum(case when customer_status = 'slipping' then 1 else 0 end) as bigint)
            as slipping_customers_count,
        cast(sum(case when customer_status = 'lost' then 1 else 0 end) as bigint)
            as lost_customers_count,
        {{ as_of_date() }} as as_of_date
    from paired
    group by business_unit, pair, first_score, second_score

)

select * from final
