with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

-- The unknown member is nobody: it has money but no habits. A refund counts where it was paid, so
-- a day may be worth less than nothing.
final as (

    select
        activity.customer_id,
        activity.business_unit,
        activity.activity_date as occasion_date,
        activity.net_revenue
    from activity
    inner join customers
        on activity.customer_id = customers.customer_id
    where
        activity.purchase_occasions_count > 0
        and not customers.is_unknown

)

select * from final
