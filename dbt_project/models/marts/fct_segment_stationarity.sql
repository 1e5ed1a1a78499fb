with matrix as (

    select * from {{ ref('int_segments__transition_matrix') }}

),

halves as (

    select
        business_unit,
        from_segment,
        to_segment,
        period,
        customers_count,
        from_customers_count,
        sum(customers_count) over (
            partition by business_unit, from_segment, to_segment
        ) as both_customers_count,
        sum(from_customers_count) over (
            partition by business_unit, from_segment, to_segment
        ) as both_from_customers_count
    from matrix
    where
        months_count = 1
        and period in ('early', 'late')

),

expected as (

    select
        business_unit,
        from_segment,
        to_segment,
        period,
        customers_count,
        from_customers_count,
        cast(
            from_customers_count * both_customers_count / nullif(both_from_customers_count, 0)
            as decimal(28, 9)
        ) as expected_count
    from halves
    where both_customers_count > 0

),

-- Pearson's test of homogeneity (Anderson and Goodman 1957) for each segment of origin. Terms are
-- rounded before they are added, so that sums do not depend on the order of addition.
tested as (

    select
        business_unit,
        from_segment,
        sum(case when period = 'early' then customers_count else 0 end) as early_count,
        sum(case when period = 'late' then customers_count else 0 end) as late_count,
        greatest(sum(case when period = 'early' then 1 else 0 end) - 1, 0)
            as freedom_degrees_count,
        min(expected_count) as smallest_expected_count,
        sum(cast(
            power(customers_count - expected_count, 2) / nullif(expected_count, 0)
            as decimal(28, 9)
        )) as chi_square
    from expected
    group by business_unit, from_segment

),

-- The normal deviate of a chi-square by its cube root (Wilson and Hilferty 1931).
deviates as (

    select
        business_unit,
        from_segment,
        early_count,
        late_count,
        freedom_degrees_count,
        smallest_expected_count,
        chi_square,
        case
            when freedom_degrees_count > 0
                then (
                    power(chi_square / freedom_degrees_count, 1.0 / 3)
                    - (1 - 2.0 / (9 * freedom_degrees_count))
                ) / sqrt(2.0 / (9 * freedom_degrees_count))
        end as chi_square_deviate
    from tested

),

final as (

    select
        business_unit,
        from_segment,
        cast(early_count as bigint) as early_transitions_count,
        cast(late_count as bigint) as late_transitions_count,
        cast(freedom_degrees_count as bigint) as freedom_degrees_count,
        cast(smallest_expected_count as decimal(18, 6)) as smallest_expected_count,
        cast(chi_square as decimal(18, 6)) as chi_square,
        cast(chi_square_deviate as decimal(18, 6)) as chi_square_deviate,
        case
            when
                freedom_degrees_count < 1
                or least(early_count, late_count) < {{ var('least_cases_count') }}
                then 'insufficient data'
            when chi_square_deviate > 1.644854 then 'changed'
            else 'stationary'
        end as verdict
    from deviates

)

select * from final
