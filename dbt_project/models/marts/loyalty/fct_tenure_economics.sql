with tenure_years as (

    select * from {{ ref('int_customers__tenure_years') }}

),

counted as (

    select
        business_unit,
        tenure_year,
        count(case when is_followed then 1 end) as followed_customers_count,
        count(case when is_followed and has_stayed then 1 end) as retained_customers_count,
        count(case when is_complete then 1 end) as customers_count,
        count(case when not is_complete then 1 end) as current_customers_count,
        case
            when sum(costed_orders_count) = 0 then 'revenue_only'
            when sum(costed_orders_count) < sum(orders_count) then 'part_costed'
            else 'full'
        end as margin_basis,
        coalesce(sum(case when is_complete then orders_count end), 0) as orders_count,
        coalesce(sum(case when is_complete then costed_orders_count end), 0)
            as costed_orders_count,
        {{ money('coalesce(sum(case when is_complete then gross_revenue end), 0)') }}
            as gross_revenue,
        {{ money('coalesce(sum(case when is_complete then sales_revenue end), 0)') }}
            as sales_revenue,
        {{ money('coalesce(sum(case when is_complete then net_revenue end), 0)') }}
            as net_revenue,
        {{ money('coalesce(sum(case when is_complete then costed_net_revenue end), 0)') }}
            as costed_net_revenue,
        {{ money('coalesce(sum(case when is_complete then costed_margin end), 0)') }}
            as costed_margin,
        {{ money('sum(case when is_complete then service_cost end)') }} as service_cost,
        sum(case when is_complete then referrals_count end) as referrals_count
    from tenure_years
    group by business_unit, tenure_year

),

-- Where a few costs are missing, the margin rate of the orders that have theirs is taken for all.
costed as (

    select
        business_unit,
        tenure_year,
        followed_customers_count,
        retained_customers_count,
        customers_count,
        current_customers_count,
        margin_basis,
        orders_count,
        costed_orders_count,
        gross_revenue,
        sales_revenue,
        net_revenue,
        service_cost,
        referrals_count,
        {{ money(
            'net_revenue * cast(costed_margin / nullif(costed_net_revenue, 0) as decimal(20, 12)) '
            ~ '- coalesce(service_cost, 0)'
        ) }} as margin
    from counted

),

final as (

    select
        business_unit,
        tenure_year,
        {{ data_basis('customers_count') }} as data_basis,
        margin_basis,
        customers_count,
        current_customers_count,
        cast(orders_count as bigint) as orders_count,
        {{ enough('customers_count', per_part('net_revenue', 'customers_count')) }}
            as net_revenue_per_customer,
        {{ enough('customers_count', per_part('margin', 'customers_count')) }}
            as margin_per_customer,
        {{ enough('customers_count', per_part('service_cost', 'customers_count')) }}
            as service_cost_per_customer,
        {{ enough('customers_count', ratio('costed_orders_count', 'orders_count')) }}
            as costed_orders_ratio,
        {{ enough('customers_count', ratio('service_cost', 'net_revenue')) }}
            as service_cost_ratio,
        {{ enough('customers_count', ratio('sales_revenue', 'gross_revenue')) }}
            as paid_price_ratio,
        cast(referrals_count as bigint) as referrals_count,
        {{ enough('customers_count', ratio('referrals_count', 'customers_count')) }}
            as referrals_per_customer,
        followed_customers_count,
        retained_customers_count,
        {{ share('retained_customers_count', 'followed_customers_count') }} as retention_ratio,
        {{ wilson_bound('retained_customers_count', 'followed_customers_count', -1) }}
            as retention_ratio_lower,
        {{ wilson_bound('retained_customers_count', 'followed_customers_count', 1) }}
            as retention_ratio_upper,
        {{ as_of_date() }} as as_of_date
    from costed

)

select * from final
