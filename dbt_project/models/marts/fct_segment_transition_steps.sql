with matrix as (

    select * from {{ ref('int_segments__transition_matrix') }}

),

observed as (

    select * from {{ ref('int_segments__transition_matrix') }}
    where months_count = 3

),

-- Smoothed as in fct_segment_transitions. Probabilities are decimal, so that sums do not depend
-- on the order of addition.
one_step as (

    select
        business_unit,
        from_segment,
        to_segment,
        cast(
            (customers_count + 0.5) / (from_customers_count + 0.5 * segments_count)
            as decimal(18, 12)
        ) as probability
    from matrix
    where
        months_count = 1
        and period = 'all'

),

two_steps as (

    select
        first_steps.business_unit,
        first_steps.from_segment,
        second_steps.to_segment,
        cast(
            sum(first_steps.probability * second_steps.probability) as decimal(18, 12)
        ) as probability
    from one_step as first_steps
    inner join one_step as second_steps
        on
            first_steps.business_unit = second_steps.business_unit
            and first_steps.to_segment = second_steps.from_segment
    group by first_steps.business_unit, first_steps.from_segment, second_steps.to_segment

),

three_steps as (

    select
        two_steps.business_unit,
        two_steps.from_segment,
        third_steps.to_segment,
        cast(
            sum(two_steps.probability * third_steps.probability) as decimal(18, 12)
        ) as probability
    from two_steps
    inner join one_step as third_steps
        on
            two_steps.business_unit = third_steps.business_unit
            and two_steps.to_segment = third_steps.from_segment
    group by two_steps.business_unit, two_steps.from_segment, third_steps.to_segment

),

compared as (

    select
        observed.business_unit,
        observed.from_segment,
        observed.to_segment,
        observed.customers_count as transitions_count,
        observed.from_customers_count as from_transitions_count,
        {{ share('observed.customers_count', 'observed.from_customers_count') }}
            as observed_ratio,
        {{ wilson_bound('observed.customers_count', 'observed.from_customers_count', -1) }}
            as observed_ratio_lower,
        {{ wilson_bound('observed.customers_count', 'observed.from_customers_count', 1) }}
            as observed_ratio_upper,
        cast(three_steps.probability as decimal(9, 6)) as predicted_ratio
    from observed
    inner join three_steps
        on
            observed.business_unit = three_steps.business_unit
            and observed.from_segment = three_steps.from_segment
            and observed.to_segment = three_steps.to_segment

),

final as (

    select
        business_unit,
        from_segment,
        to_segment,
        transitions_count,
        from_transitions_count,
        observed_ratio,
        observed_ratio_lower,
        observed_ratio_upper,
        predicted_ratio,
        cast(observed_ratio - predicted_ratio as decimal(9, 6)) as ratio_error,
        {{ data_basis('from_transitions_count') }} as data_basis,
        coalesce(predicted_ratio between observed_ratio_lower and observed_ratio_upper, false)
            as is_predicted_within_interval
    from compared

)

select * from final
