{#- Each threshold once lower and once higher, the others as in force. -#}
{%- set steps = {
    'none': [0],
    'procurement_ratio': [-0.1, 0.1],
    'application_ratio': [-0.1, 0.1],
    'rise_deviations': [-1, 1],
} -%}
with watched as (

    select * from {{ ref('int_takeovers__watched') }}
    where has_enough_touches and outcome <> 'open'

),

rules as (

    select * from {{ ref('takeover_rules') }}

),

varied as (

    {% for varied_rule, changes in steps.items() -%}
    {% set last_rule = loop.last -%}
    {% for change in changes -%}
    select
        business_unit,
        {%- for rule in steps if rule != 'none' %}
        {{ rule }} + ({{ change if rule == varied_rule else 0 }}) as moved_{{ rule }},
        {%- endfor %}
        '{{ varied_rule }}' as varied_rule,
        cast({{ change }} as decimal(4, 2)) as threshold_change
    from rules
    {{ 'union all' if not (last_rule and loop.last) }}
    {% endfor -%}
    {% endfor %}
),

judged as (

    select
        watched.business_unit,
        watched.customer_id,
        varied.varied_rule,
        varied.threshold_change,
        watched.outcome = 'lost' as is_lost,
        coalesce(
            watched.procurement_ratio >= varied.moved_procurement_ratio
            and watched.application_ratio <= varied.moved_application_ratio
            and watched.application_ratio < watched.application_before_ratio
            and watched.rise_deviations >= varied.moved_rise_deviations,
            false
        ) as is_warned
    from watched
    inner join varied
        on watched.business_unit = varied.business_unit

),

counted as (

    select
        business_unit,
        varied_rule,
        threshold_change,
        count(case when is_warned then 1 end) as warnings_count,
        count(case when is_warned and is_lost then 1 end) as right_warnings_count,
        count(distinct case when is_lost then customer_id end) as lost_customers_count,
        count(distinct case when is_warned and is_lost then customer_id end)
            as warned_lost_customers_count
    from judged
    group by business_unit, varied_rule, threshold_change

),

final as (

    select
        business_unit,
        varied_rule,
        threshold_change,
        cast(warnings_count as bigint) as warnings_count,
        cast(right_warnings_count as bigint) as right_warnings_count,
        {{ share('right_warnings_count', 'warnings_count') }} as precision_ratio,
        {{ wilson_bound('right_warnings_count', 'warnings_count', -1) }} as precision_ratio_lower,
        {{ wilson_bound('right_warnings_count', 'warnings_count', 1) }} as precision_ratio_upper,
        cast(lost_customers_count as bigint) as lost_customers_count,
        cast(warned_lost_customers_count as bigint) as warned_lost_customers_count,
        {{ share('warned_lost_customers_count', 'lost_customers_count') }} as warned_loss_ratio,
        {{ data_basis('warnings_count') }} as data_basis,
        {{ as_of_date() }} as as_of_date
    from counted

)

select * from final
