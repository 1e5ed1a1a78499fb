with counted as (

    select * from {{ ref('int_segments__transitions_counted') }}

),

segments as (

    select * from {{ ref('rfm_segments') }}

),

-- The halves of the history, split at its middle month.
spans as (

    select
        business_unit,
        min(from_date) as first_date,
        {{ add_months(
            'min(from_date)',
            'cast(floor((' ~ months_between('min(from_date)', 'max(from_date)') ~ ' + 1) / 2) as integer)'
        ) }} as middle_date
    from counted
    where months_count = 1
    group by business_unit

),

periods as (

    select
        counted.business_unit,
        counted.months_count,
        counted.from_segment,
        counted.to_segment,
        'all' as period,
        counted.customers_count
    from counted
    union all
    select
        counted.business_unit,
        counted.months_count,
        counted.from_segment,
        counted.to_segment,
        case when counted.from_date < spans.middle_date then 'early' else 'late' end as period,
        counted.customers_count
    from counted
    inner join spans
        on counted.business_unit = spans.business_unit
    where counted.months_count = 1

),

names as (

    select segment
    from segments
    group by segment

),

frames as (

    select
        business_unit,
        months_count,
        period
    from periods
    group by business_unit, months_count, period

),

-- Moves that nobody made are cells too.
cells as (

    select
        frames.business_unit,
        frames.months_count,
        frames.period,
        from_names.segment as from_segment,
        to_names.segment as to_segment
    from frames
    cross join names as from_names
    cross join names as to_names

),

summed as (

    select
        business_unit,
        months_count,
        period,
        from_segment,
        to_segment,
        sum(customers_count) as customers_count
    from periods
    group by business_unit, months_count, period, from_segment, to_segment

),

filled as (

    select
        cells.business_unit,
        cells.months_count,
        cells.period,
        cells.from_segment,
        cells.to_segment,
        coalesce(summed.customers_count, 0) as customers_count
    from cells
    left join summed
        on
            cells.business_unit = summed.business_unit
            and cells.months_count = summed.months_count
            and cells.period = summed.period
            and cells.from_segment = summed.from_segment
            and cells.to_segment = summed.to_segment

),

final as (

    select
        business_unit,
        months_count,
        period,
        from_segment,
        to_segment,
        cast(customers_count as bigint) as customers_count,
        cast(sum(customers_count) over (
            partition by business_unit, months_count, period, from_segment
        ) as bigint) as from_customers_count,
        cast(count(*) over (
            partition by business_unit, months_count, period, from_segment
        ) as bigint) as segments_count
    from filled

)

select * from final
