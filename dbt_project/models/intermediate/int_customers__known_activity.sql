with activity as (

    select * from {{ ref('int_customers__daily_activity') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

-- The unknown member is nobody: it has money but no habits.
final as (

    select
        activity.customer_id,
        activity.business_unit,
        activity.activity_date,
        activity.purchase_occasions_count,
        activity.net_revenue
    from activity
    inner join customers
        on activity.customer_id = customers.customer_id
    where not customers.is_unknown

)

select * from final
