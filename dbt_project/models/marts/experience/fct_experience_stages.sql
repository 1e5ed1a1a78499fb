with staged as (

    select * from {{ ref('int_experience__staged') }}

),

scaled as (

    select * from {{ ref('int_experience__scaled') }}

),

measured as (

    select * from {{ ref('int_experience__measured') }}

),

families as (

    select * from {{ ref('int_product_families__placed') }}

),

strategies as (

    select * from {{ ref('experience_strategies') }}

),

in_force as (

    select * from staged
    where varied_signal = 'none'

),

-- How many other weights would have named the same stage.
compared as (

    select
        in_force.business_unit,
        in_force.customer_id,
        in_force.product_family,
        in_force.quarter_start_date,
        count(*) as variants_count,
        sum(case when staged.experience_stage = in_force.experience_stage then 1 else 0 end)
            as agreeing_variants_count
    from in_force
    inner join staged
        on
            in_force.business_unit = staged.business_unit
            and in_force.customer_id = staged.customer_id
            and in_force.product_family = staged.product_family
            and in_force.quarter_start_date = staged.quarter_start_date
    where staged.varied_signal <> 'none'
    group by
        in_force.business_unit,
        in_force.customer_id,
        in_force.product_family,
        in_force.quarter_start_date

),

evidence as (

    select
        business_unit,
        customer_id,
        product_family,
        {%- for signal in ['tenure', 'procurement', 'cycle', 'unbundled', 'price', 'support'] %}
        max(case when signal = '{{ signal }}' then scaled_signal end) as {{ signal }}_signal,
        {%- endfor %}
        quarter_start_date
    from scaled
    group by business_unit, customer_id, product_family, quarter_start_date

),

final as (

    select
        in_force.customer_id,
        in_force.product_family,
        in_force.quarter_start_date,
        in_force.business_unit,
        in_force.experience_stage,
        lag(in_force.experience_stage) over (
            partition by in_force.business_unit, in_force.customer_id, in_force.product_family
            order by in_force.quarter_start_date
        ) as previous_stage,
        families.differentiation,
        families.maturity,
        case
            when in_force.experience_stage = 'in_transition' then 'undecided'
            else coalesce(strategies.strategy, 'insufficient data')
        end as strategy,
        case
            when in_force.experience_stage = 'in_transition' then 'between_stages'
            when in_force.experience_stage = 'unknown' then 'stage_unknown'
            else coalesce(strategies.strategy_rule, 'family_unknown')
        end as strategy_rule,
        in_force.experience_score,
        evidence.tenure_signal,
        evidence.procurement_signal,
        evidence.cycle_signal,
        evidence.unbundled_signal,
        evidence.price_signal,
        evidence.support_signal,
        in_force.signals_count,
        case
            when in_force.experience_stage <> 'unknown'
                then {{ ratio('compared.agreeing_variants_count', 'compared.variants_count') }}
        end as confidence_ratio,
        cast(measured.touches_count as bigint) as touches_count,
        cast(measured.decisions_count as bigint) as decisions_count,
        cast(measured.orders_count as bigint) as orders_count,
        cast(measured.cases_count as bigint) as cases_count,
        measured.first_order_date,
        min(
            case
                when in_force.experience_stage = 'experienced_specialist'
                    then in_force.quarter_start_date
            end
        ) over (
            partition by in_force.business_unit, in_force.customer_id, in_force.product_family
            order by in_force.quarter_start_date
            rows unbounded preceding
        ) as specialist_since_date
    from in_force
    inner join measured
        on
            in_force.business_unit = measured.business_unit
            and in_force.customer_id = measured.customer_id
            and in_force.product_family = measured.product_family
            and in_force.quarter_start_date = measured.quarter_start_date
    inner join evidence
        on
            in_force.business_unit = evidence.business_unit
            and in_force.customer_id = evidence.customer_id
            and in_force.product_family = evidence.product_family
            and in_force.quarter_start_date = evidence.quarter_start_date
    inner join compared
        on
            in_force.business_unit = compared.business_unit
            and in_force.customer_id = compared.customer_id
            and in_force.product_family = compared.product_family
            and in_force.quarter_start_date = compared.quarter_start_date
    left join families
        on
            in_force.business_unit = families.business_unit
            and in_force.product_family = families.product_family
            and in_force.quarter_start_date = families.quarter_start_date
    left join strategies
        on
            in_force.experience_stage = strategies.experience_stage
            and families.differentiation = strategies.differentiation

)

select * from final
