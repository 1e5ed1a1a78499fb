{#- Each part of a signal: what is divided by what, how many cases that is, and which way it points
    as experience grows. -#}
{%- set parts = {
    'procurement': ['procurement_touches_count', 'touches_count', 'touches_count', ''],
    'cycle': ['log_cycle_days', 'decisions_count', 'decisions_count', '-'],
    'unbundled': ['unbundled_revenue', 'sales_revenue', 'orders_count', ''],
    'discount': ['discount', 'gross_revenue', 'orders_count', ''],
    'quotes': ['quotes_count', 'decisions_count', 'decisions_count', ''],
    'lost_on_price': ['price_losses_count', 'losses_count', 'losses_count', ''],
    'support': ['cases_count', 'orders_count', 'orders_count', '-'],
} -%}
with measured as (

    select * from {{ ref('int_experience__measured') }}

),

signals as (

    select * from {{ ref('experience_signals') }}

),

rules as (

    select * from {{ ref('experience_rules') }}

),

measures as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        'tenure' as signal_part,
        cast(tenure_days as decimal(18, 6)) as measure,
        cast(0 as decimal(18, 6)) as newcomers_measure,
        cast(1 as bigint) as cases_count,
        cast(null as bigint) as newcomer_cases_count
    from measured
    {%- for part, (upper, lower, cases, sign) in parts.items() %}
    union all
    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        '{{ part }}' as signal_part,
        {{ sign }}{{ ratio(upper, lower, 'decimal(18, 6)') }} as measure,
        {{ sign }}{{ ratio('newcomers_' ~ upper, 'newcomers_' ~ lower, 'decimal(18, 6)') }}
            as newcomers_measure,
        cast({{ cases }} as bigint) as cases_count,
        cast(newcomers_{{ cases }} as bigint) as newcomer_cases_count
    from measured
    {%- endfor %}

),

-- 0 is what newcomers to the family do, 1 a full step beyond it.
scaled_parts as (

    select
        measures.business_unit,
        measures.customer_id,
        measures.product_family,
        measures.quarter_start_date,
        signals.signal,
        signals.weight,
        case
            when
                measures.cases_count >= signals.least_cases_count
                and coalesce(
                    measures.newcomer_cases_count >= rules.least_newcomer_cases_count, true
                )
                then least(
                    greatest(
                        (measures.measure - measures.newcomers_measure) / signals.full_step, 0
                    ),
                    1
                )
        end as scaled_part
    from measures
    inner join signals
        on measures.signal_part = signals.signal_part
    inner join rules
        on measures.business_unit = rules.business_unit

),

weighed as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        signal,
        sum(weight) as weight,
        sum(case when scaled_part is not null then weight else 0 end) as known_weight,
        sum(scaled_part * weight) as weighed_parts
    from scaled_parts
    group by business_unit, customer_id, product_family, quarter_start_date, signal

),

-- A signal of several parts is known by more than half of them.
final as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        signal,
        weight,
        case when 2 * known_weight > weight then {{ ratio('weighed_parts', 'known_weight') }} end
            as scaled_signal
    from weighed

)

select * from final
