with activity as (

    select * from {{ ref('int_customers__known_activity') }}

),

-- Refunds of days without a purchase belong to the customer's money and make no occasion.
summed as (

    select
        customer_id,
        business_unit,
        cast(sum(purchase_occasions_count) as bigint) as occasions_count,
        {{ money('sum(net_revenue)') }} as net_revenue,
        min(case when purchase_occasions_count > 0 then activity_date end)
            as first_occasion_date,
        max(case when purchase_occasions_count > 0 then activity_date end)
            as last_occasion_date
    from activity
    group by customer_id, business_unit

),

final as (

    select
        customer_id,
        business_unit,
        occasions_count,
        occasions_count - 1 as repeat_occasions_count,
        net_revenue,
        {{ days_between('first_occasion_date', 'last_occasion_date') }}
            as age_at_last_purchase_days,
        {{ days_between('first_occasion_date', as_of_date()) }} as age_days
    from summed
    where occasions_count > 0

)

select * from final
