with tenure_years as (

    select * from {{ ref('int_customers__tenure_years') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}
    where not is_customer_unknown

),

complete_years as (

    select
        customer_id,
        business_unit,
        tenure_year,
        cast(sales_revenue / nullif(gross_revenue, 0) as decimal(18, 6)) as paid_price_ratio,
        cast(service_cost / nullif(net_revenue, 0) as decimal(18, 6)) as service_cost_ratio,
        max(tenure_year) over (partition by customer_id) as last_tenure_year
    from tenure_years
    where is_complete and net_revenue > 0

),

-- Each customer against its own first year: who left early cannot tilt the picture.
grown as (

    select
        later.customer_id,
        later.business_unit,
        later.paid_price_ratio - first_years.paid_price_ratio as paid_price_difference,
        first_years.service_cost_ratio - later.service_cost_ratio as service_cost_difference
    from complete_years as later
    inner join complete_years as first_years
        on later.customer_id = first_years.customer_id
    where
        later.tenure_year = later.last_tenure_year
        and later.tenure_year > 1
        and first_years.tenure_year = 1

),

lives as (

    select
        customer_id,
        business_unit,
        min(order_date) as first_date,
        max(order_date) as last_date
    from orders
    group by customer_id, business_unit

),

sent as (

    select
        lives.customer_id,
        lives.business_unit,
        lives.first_date as sent_date,
        {{ days_between('referrers.first_date', 'lives.first_date') }} as referrer_tenure_days
    from lives
    inner join customers
        on lives.customer_id = customers.customer_id
    inner join lives as referrers
        on customers.referred_by_customer_id = referrers.customer_id
    where lives.first_date > referrers.first_date

),

-- Newcomers are not equally many each year: a sender is compared with all who could have sent
-- that day, the customers of the year before.
could_send as (

    select
        sent.customer_id,
        sent.business_unit,
        sent.referrer_tenure_days,
        sum({{ days_between('lives.first_date', 'sent.sent_date') }}) / count(*)
            as mean_tenure_days
    from sent
    inner join lives
        on
            sent.business_unit = lives.business_unit
            and sent.sent_date > lives.first_date
            and sent.sent_date <= {{ add_days('lives.last_date', 365) }}
    group by sent.customer_id, sent.business_unit, sent.referrer_tenure_days

),

final as (

    select
        customer_id,
        'loyal_pay_more' as hypothesis,
        business_unit,
        cast(paid_price_difference as decimal(18, 6)) as difference
    from grown
    where paid_price_difference is not null
    union all
    select
        customer_id,
        'loyal_cost_less' as hypothesis,
        business_unit,
        cast(service_cost_difference as decimal(18, 6)) as difference
    from grown
    where service_cost_difference is not null
    union all
    select
        customer_id,
        'loyal_refer' as hypothesis,
        business_unit,
        cast((referrer_tenure_days - mean_tenure_days) / 365.25 as decimal(18, 6)) as difference
    from could_send

)

select * from final
