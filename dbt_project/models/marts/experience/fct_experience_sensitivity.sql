with staged as (

    select * from {{ ref('int_experience__staged') }}
    where experience_stage <> 'unknown'

),

compared as (

    select
        varied.business_unit,
        varied.varied_signal,
        varied.weight_factor,
        count(*) as stages_count,
        {%- for stage in [
            'inexperienced_generalist', 'in_transition', 'experienced_specialist'
        ] %}
        sum(case when varied.experience_stage = '{{ stage }}' then 1 else 0 end)
            as {{ stage }}_count,
        {%- endfor %}
        sum(case when varied.experience_stage = in_force.experience_stage then 1 else 0 end)
            as same_stage_count
    from staged as varied
    inner join staged as in_force
        on
            varied.business_unit = in_force.business_unit
            and varied.customer_id = in_force.customer_id
            and varied.product_family = in_force.product_family
            and varied.quarter_start_date = in_force.quarter_start_date
            and in_force.varied_signal = 'none'
    group by varied.business_unit, varied.varied_signal, varied.weight_factor

),

final as (

    select
        business_unit,
        varied_signal,
        cast(weight_factor as bigint) as weight_factor,
        cast(stages_count as bigint) as stages_count,
        cast(inexperienced_generalist_count as bigint) as inexperienced_generalist_count,
        cast(in_transition_count as bigint) as in_transition_count,
        cast(experienced_specialist_count as bigint) as experienced_specialist_count,
        cast(same_stage_count as bigint) as same_stage_count,
        {{ share('same_stage_count', 'stages_count') }} as same_stage_ratio,
        {{ data_basis('stages_count') }} as data_basis,
        {{ as_of_date() }} as as_of_date
    from compared

)

select * from final
