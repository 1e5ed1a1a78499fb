with segmented as (

    select * from {{ ref('int_customers__rfm_segmented') }}

),

-- Ends of whole months only: steps of equal length.
month_ends as (

    select
        customer_id,
        business_unit,
        segment,
        snapshot_date
    from segmented
    where snapshot_date = {{ month_start('snapshot_date') }}

),

-- One row or none of each side: the same customer so many months later.
steps as (

    select
        earlier.business_unit,
        1 as months_count,
        earlier.segment as from_segment,
        later.segment as to_segment,
        earlier.snapshot_date as from_date
    from month_ends as earlier
    inner join month_ends as later
        on
            earlier.customer_id = later.customer_id
            and later.snapshot_date = {{ add_months('earlier.snapshot_date', 1) }}
    union all
    select
        earlier.business_unit,
        3 as months_count,
        earlier.segment as from_segment,
        later.segment as to_segment,
        earlier.snapshot_date as from_date
    from month_ends as earlier
    inner join month_ends as later
        on
            earlier.customer_id = later.customer_id
            and later.snapshot_date = {{ add_months('earlier.snapshot_date', 3) }}

),

final as (

    select
        business_unit,
        months_count,
        from_segment,
        to_segment,
        from_date,
        count(*) as customers_count
    from steps
    group by business_unit, months_count, from_segment, to_segment, from_date

)

select * from final
