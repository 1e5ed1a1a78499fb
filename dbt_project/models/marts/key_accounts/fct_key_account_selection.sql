{%- set criteria = [
    'company_size',
    'revenue_growth',
    'project_demand',
    'win_ratio',
    'contact_coverage',
    'rival_absence',
] -%}
with scaled as (

    select * from {{ ref('int_key_accounts__scaled') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

summed as (

    select
        customer_id,
        {%- for axis in ['attractiveness', 'strength'] %}
        sum(case when axis = '{{ axis }}' then weight else 0 end) as {{ axis }}_full_weight,
        sum(case when axis = '{{ axis }}' and scaled_value is not null then weight else 0 end)
            as {{ axis }}_weight,
        sum(case when axis = '{{ axis }}' then weight * scaled_value else 0 end) as {{ axis }}_sum,
        {%- endfor %}
        {%- for criterion in criteria %}
        max(case when criterion = '{{ criterion }}' then scaled_value end) as {{ criterion }},
        {%- endfor %}
        business_unit
    from scaled
    group by business_unit, customer_id

),

-- On either axis more than half of what is weighed is known.
judged as (

    select
        business_unit,
        customer_id,
        attractiveness_weight,
        attractiveness_sum,
        strength_weight,
        strength_sum
    from summed
    where
        2 * attractiveness_weight > attractiveness_full_weight
        and 2 * strength_weight > strength_full_weight

),

-- The weights in force, then each criterion once left out.
varied as (

    select
        customer_id,
        'none' as left_out_criterion,
        {{ ratio('attractiveness_sum', 'attractiveness_weight') }} as attractiveness,
        {{ ratio('strength_sum', 'strength_weight') }} as strength,
        business_unit
    from judged
    union all
    select
        judged.customer_id,
        scaled.criterion as left_out_criterion,
        {%- for axis in ['attractiveness', 'strength'] %}
        {{ ratio(
            "(judged." ~ axis ~ "_sum - case when scaled.axis = '" ~ axis
            ~ "' then scaled.weight * scaled.scaled_value else 0 end)",
            "(judged." ~ axis ~ "_weight - case when scaled.axis = '" ~ axis
            ~ "' then scaled.weight else 0 end)"
        ) }} as {{ axis }},
        {%- endfor %}
        judged.business_unit
    from judged
    inner join scaled
        on judged.customer_id = scaled.customer_id
    where scaled.scaled_value is not null

),

placed as (

    select
        business_unit,
        customer_id,
        left_out_criterion,
        attractiveness,
        strength,
        case
            when attractiveness >= 0.5 and strength >= 0.5 then 'key'
            when attractiveness >= 0.5 then 'develop'
            when strength >= 0.5 then 'keep'
            else 'serve'
        end as account_position
    from varied

),

in_force as (

    select * from placed
    where left_out_criterion = 'none'

),

robust as (

    select
        in_force.customer_id,
        count(*) as variants_count,
        sum(case when placed.account_position = in_force.account_position then 1 else 0 end)
            as agreeing_variants_count
    from in_force
    inner join placed
        on in_force.customer_id = placed.customer_id
    where placed.left_out_criterion <> 'none'
    group by in_force.customer_id

),

margins as (

    select
        summed.business_unit,
        summed.customer_id,
        {{ money('coalesce(sum(order_lines.margin), 0)') }} as margin,
        count(order_lines.margin) as costed_lines_count,
        count(order_lines.order_id) as lines_count
    from summed
    left join order_lines
        on
            summed.customer_id = order_lines.customer_id
            and order_lines.order_date >= {{ add_months(as_of_date(), -12) }}
    group by summed.business_unit, summed.customer_id

),

-- Equal margins never part; a loss brings nothing to the whole.
ranked as (

    select
        business_unit,
        customer_id,
        margin,
        costed_lines_count,
        lines_count,
        sum(greatest(margin, 0)) over (
            partition by business_unit order by margin desc
            range between unbounded preceding and current row
        ) as margin_so_far,
        sum(greatest(margin, 0)) over (
            partition by business_unit, margin
        ) as margin_here,
        sum(greatest(margin, 0)) over (partition by business_unit) as margin_of_all
    from margins

),

final as (

    select
        summed.customer_id,
        summed.business_unit,
        coalesce(in_force.account_position, 'insufficient data') as account_position,
        case
            when ranked.margin <= 0 then 'C'
            when ranked.margin_so_far - ranked.margin_here < 0.8 * ranked.margin_of_all then 'A'
            when ranked.margin_so_far - ranked.margin_here < 0.95 * ranked.margin_of_all then 'B'
            else 'C'
        end as margin_class,
        in_force.attractiveness,
        in_force.strength,
        {%- for criterion in criteria %}
        summed.{{ criterion }},
        {%- endfor %}
        {{ ratio('robust.agreeing_variants_count', 'robust.variants_count') }} as confidence_ratio,
        ranked.margin as margin_last_12_months,
        {{ ratio('ranked.margin_so_far', 'ranked.margin_of_all') }} as cumulative_margin_ratio,
        {{ ratio('ranked.costed_lines_count', 'ranked.lines_count') }} as costed_lines_ratio,
        customers.is_key_account,
        {{ as_of_date() }} as as_of_date
    from summed
    inner join ranked
        on summed.customer_id = ranked.customer_id
    inner join customers
        on summed.customer_id = customers.customer_id
    left join in_force
        on summed.customer_id = in_force.customer_id
    left join robust
        on summed.customer_id = robust.customer_id

)

select * from final
