with scaled as (

    select * from {{ ref('int_experience__scaled') }}

),

rules as (

    select * from {{ ref('experience_rules') }}

),

factors as (

    select 0 as weight_factor
    union all
    select 2 as weight_factor

),

summed as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        sum(case when scaled_signal is not null then 1 else 0 end) as signals_count,
        sum(case when scaled_signal is not null then weight else 0 end) as known_weight,
        sum(scaled_signal * weight) as weighed_signals
    from scaled
    group by business_unit, customer_id, product_family, quarter_start_date

),

-- The weights in force, then each signal once left out and once counted double.
varied as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        'none' as varied_signal,
        1 as weight_factor,
        signals_count,
        {{ ratio('weighed_signals', 'known_weight') }} as experience_score
    from summed
    union all
    select
        summed.business_unit,
        summed.customer_id,
        summed.product_family,
        summed.quarter_start_date,
        scaled.signal as varied_signal,
        factors.weight_factor,
        summed.signals_count,
        {{ ratio(
            '(summed.weighed_signals'
            ~ ' + (factors.weight_factor - 1) * scaled.weight * coalesce(scaled.scaled_signal, 0))',
            '(summed.known_weight + (factors.weight_factor - 1)'
            ~ ' * case when scaled.scaled_signal is null then 0 else scaled.weight end)'
        ) }} as experience_score
    from summed
    inner join scaled
        on
            summed.business_unit = scaled.business_unit
            and summed.customer_id = scaled.customer_id
            and summed.product_family = scaled.product_family
            and summed.quarter_start_date = scaled.quarter_start_date
    cross join factors

),

known as (

    select
        varied.business_unit,
        varied.customer_id,
        varied.product_family,
        varied.quarter_start_date,
        varied.varied_signal,
        varied.weight_factor,
        varied.signals_count,
        case when varied.signals_count >= rules.least_signals_count then varied.experience_score end
            as experience_score,
        rules.transition_score,
        rules.specialist_score
    from varied
    inner join rules
        on varied.business_unit = rules.business_unit

),

-- When a specialist's score was last seen, and when one of a newcomer.
remembered as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        varied_signal,
        weight_factor,
        signals_count,
        experience_score,
        {%- for name, condition in {
            'specialist': 'experience_score >= specialist_score',
            'newcomer': 'experience_score < transition_score',
        }.items() %}
        max(case when {{ condition }} then quarter_start_date end) over (
            partition by
                business_unit, customer_id, product_family, varied_signal, weight_factor
            order by quarter_start_date
            rows unbounded preceding
        ) as last_{{ name }}_date,
        {%- endfor %}
        transition_score
    from known

),

-- What was learnt is not forgotten in a quarter of few orders: a specialist stays one until the
-- score is a newcomer's again.
final as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        varied_signal,
        weight_factor,
        cast(signals_count as bigint) as signals_count,
        experience_score,
        case
            when experience_score is null then 'unknown'
            when experience_score < transition_score then 'inexperienced_generalist'
            when last_specialist_date > coalesce(last_newcomer_date, cast('1900-01-01' as date))
                then 'experienced_specialist'
            else 'in_transition'
        end as experience_stage
    from remembered

)

select * from final
