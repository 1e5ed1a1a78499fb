with tracked as (

    select * from {{ ref('int_customers__repurchases_tracked') }}

),

counted as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        base_date,
        occasions_before_count,
        count(*) as customers_count,
        sum(case when has_bought_again then 1 else 0 end) as repurchased_count,
        sum(case when is_confirmed then 1 else 0 end) as confirmed_count,
        min(first_occasion_date) as first_occasion_date
    from tracked
    group by business_unit, hypothesis, horizon_days, base_date, occasions_before_count

),

-- Twice the average rank of equal customers, less twice the middle rank: a whole number.
ranked as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        base_date,
        customers_count,
        repurchased_count,
        confirmed_count,
        first_occasion_date,
        2 * sum(customers_count) over (
            partition by business_unit, hypothesis, horizon_days
            order by occasions_before_count rows unbounded preceding
        ) - customers_count - sum(customers_count) over (
            partition by business_unit, hypothesis, horizon_days
        ) as centred_rank
    from counted

),

summed as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        base_date,
        sum(customers_count) as customers_count,
        sum(repurchased_count) as repurchased_count,
        sum(confirmed_count) as confirmed_count,
        min(first_occasion_date) as first_occasion_date,
        sum(centred_rank * centred_rank * customers_count) as rank_variation,
        sum(centred_rank * confirmed_count) as confirmed_rank
    from ranked
    group by business_unit, hypothesis, horizon_days, base_date

),

-- Spearman's correlation is Pearson's of the ranks. Of n customers of whom m bought again, or are
-- satisfied, the centred ranks of that are n - m for those and -m for the others: their variation
-- is n m (n - m), and with the ranks of frequency they vary by n times the sum over the m.
final as (

    select
        business_unit,
        hypothesis,
        horizon_days,
        cast(customers_count as bigint) as customers_count,
        cast(repurchased_count as bigint) as repurchased_customers_count,
        cast(confirmed_count as bigint) as confirmed_customers_count,
        cast(
            sqrt(customers_count) * confirmed_rank / nullif(
                sqrt(rank_variation)
                * sqrt(confirmed_count * (customers_count - confirmed_count)),
                0
            ) as decimal(9, 6)
        ) as rank_correlation,
        {{ days_between('first_occasion_date', 'base_date') }} as history_days
    from summed

)

select * from final
