with matrix as (

    select * from {{ ref('int_segments__transition_matrix') }}

),

-- Smoothed by half a customer in each cell (Jeffreys' prior), so that no move is impossible.
final as (

    select
        business_unit,
        period,
        from_segment,
        to_segment,
        customers_count as transitions_count,
        from_customers_count as from_transitions_count,
        {{ share('customers_count', 'from_customers_count') }} as transition_ratio,
        {{ wilson_bound('customers_count', 'from_customers_count', -1) }}
            as transition_ratio_lower,
        {{ wilson_bound('customers_count', 'from_customers_count', 1) }}
            as transition_ratio_upper,
        cast(
            (customers_count + 0.5) / (from_customers_count + 0.5 * segments_count)
            as decimal(18, 12)
        ) as smoothed_transition_ratio,
        {{ data_basis('from_customers_count') }} as data_basis
    from matrix
    where months_count = 1

)

select * from final
