with occasions as (

    select * from {{ ref('int_customers__occasions_valued') }}

),

summed as (

    select
        customer_id,
        business_unit,
        count(*) as occasions_count,
        {{ money('sum(net_revenue)') }} as net_revenue,
        min(occasion_date) as first_occasion_date,
        max(occasion_date) as last_occasion_date
    from occasions
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

)

select * from final
