with recursive economics as (

    select * from {{ ref('fct_tenure_economics') }}

),

scenarios as (

    select * from {{ ref('retention_scenarios') }}

),

estimates as (

    select 'middle' as estimate
    union all
    select 'lower' as estimate
    union all
    select 'upper' as estimate

),

-- What a customer of a tenure year brings in a year: revenue, and said so, where costs are missing.
worth as (

    select
        business_unit,
        tenure_year,
        margin_basis,
        customers_count,
        current_customers_count,
        followed_customers_count,
        retained_customers_count,
        case
            when margin_basis = 'revenue_only' then net_revenue_per_customer
            else margin_per_customer
        end as worth_per_customer,
        retention_ratio,
        retention_ratio_lower,
        retention_ratio_upper
    from economics

),

-- The own curve ends where retention rests on too few: its last year then stands for all later.
own_years as (

    select
        worth.business_unit,
        'own_curve' as curve,
        worth.tenure_year,
        coalesce(next_years.worth_per_customer, worth.worth_per_customer) as next_worth,
        worth.retention_ratio,
        worth.retention_ratio_lower,
        worth.retention_ratio_upper
    from worth
    left join worth as next_years
        on
            worth.business_unit = next_years.business_unit
            and worth.tenure_year + 1 = next_years.tenure_year
    where
        worth.retention_ratio is not null
        and worth.worth_per_customer is not null

),

pooled as (

    select
        business_unit,
        min(margin_basis) as margin_basis,
        cast(sum(current_customers_count) as bigint) as current_customers_count,
        cast(sum(followed_customers_count) as bigint) as followed_customers_count,
        cast(sum(retained_customers_count) as bigint) as retained_customers_count,
        {{ per_part(
            'sum(worth_per_customer * customers_count)',
            'sum(case when worth_per_customer is not null then customers_count end)',
        ) }} as mean_worth
    from worth
    group by business_unit

),

constant_years as (

    select
        business_unit,
        'constant_margin' as curve,
        cast(1 as bigint) as tenure_year,
        mean_worth as next_worth,
        {{ share('retained_customers_count', 'followed_customers_count') }} as retention_ratio,
        {{ wilson_bound('retained_customers_count', 'followed_customers_count', -1) }}
            as retention_ratio_lower,
        {{ wilson_bound('retained_customers_count', 'followed_customers_count', 1) }}
            as retention_ratio_upper
    from pooled

),

curve_years as (

    select * from own_years
    union all
    select * from constant_years
    where retention_ratio is not null and next_worth is not null

),

supposed as (

    select
        curve_years.business_unit,
        curve_years.curve,
        scenarios.scenario,
        estimates.estimate,
        curve_years.tenure_year,
        curve_years.next_worth,
        least(
            1 - (
                1 - case estimates.estimate
                    when 'lower' then curve_years.retention_ratio_lower
                    when 'upper' then curve_years.retention_ratio_upper
                    else curve_years.retention_ratio
                end
            ) * scenarios.defection_factor + scenarios.added_points,
            1
        ) as retention_ratio,
        max(curve_years.tenure_year) over (
            partition by curve_years.business_unit, curve_years.curve
        ) as last_tenure_year
    from curve_years
    cross join scenarios
    cross join estimates

),

-- What is to come at the end of a tenure year: who stays brings the next year's worth and what
-- then is to come, both a year away. At the end of the curve that is m r / (1 + i - r).
outlooks as (

    select
        business_unit,
        curve,
        scenario,
        estimate,
        tenure_year,
        next_worth * retention_ratio / (1 + {{ var('annual_discount_rate') }} - retention_ratio)
            as outlook
    from supposed
    where tenure_year = last_tenure_year
    union all
    select
        supposed.business_unit,
        supposed.curve,
        supposed.scenario,
        supposed.estimate,
        supposed.tenure_year,
        supposed.retention_ratio * (supposed.next_worth + outlooks.outlook)
        / (1 + {{ var('annual_discount_rate') }}) as outlook
    from outlooks
    inner join supposed
        on
            outlooks.business_unit = supposed.business_unit
            and outlooks.curve = supposed.curve
            and outlooks.scenario = supposed.scenario
            and outlooks.estimate = supposed.estimate
            and outlooks.tenure_year = supposed.tenure_year + 1

),

-- Today's customers stand at the end of the tenure year they are in, or of the curve's last one.
placed as (

    select
        supposed.business_unit,
        supposed.curve,
        supposed.tenure_year,
        cast(sum(worth.current_customers_count) as bigint) as current_customers_count
    from supposed
    inner join worth
        on
            supposed.business_unit = worth.business_unit
            and supposed.tenure_year = least(worth.tenure_year, supposed.last_tenure_year)
    where supposed.scenario = 'as_is' and supposed.estimate = 'middle'
    group by supposed.business_unit, supposed.curve, supposed.tenure_year

),

valued as (

    select
        outlooks.business_unit,
        outlooks.curve,
        outlooks.scenario,
        max(
            case
                when outlooks.tenure_year = 1 and outlooks.estimate = 'middle' then outlooks.outlook
            end
        ) as customer_value,
        max(
            case
                when outlooks.tenure_year = 1 and outlooks.estimate = 'lower' then outlooks.outlook
            end
        ) as customer_value_lower,
        max(
            case
                when outlooks.tenure_year = 1 and outlooks.estimate = 'upper' then outlooks.outlook
            end
        ) as customer_value_upper,
        sum(
            case
                when outlooks.estimate = 'middle'
                    then cast(outlooks.outlook * placed.current_customers_count as decimal(28, 6))
            end
        ) as base_value
    from outlooks
    left join placed
        on
            outlooks.business_unit = placed.business_unit
            and outlooks.curve = placed.curve
            and outlooks.tenure_year = placed.tenure_year
    group by outlooks.business_unit, outlooks.curve, outlooks.scenario

),

-- Half as many leavers is worth least where few leave: neither end of retention is always the
-- lower end of what more of it is worth.
compared as (

    select
        valued.business_unit,
        valued.curve,
        valued.scenario,
        valued.customer_value,
        valued.customer_value_lower,
        valued.customer_value_upper,
        valued.customer_value / as_is.customer_value - 1 as uplift,
        valued.customer_value_lower / as_is.customer_value_lower - 1 as lower_uplift,
        valued.customer_value_upper / as_is.customer_value_upper - 1 as upper_uplift,
        valued.base_value,
        as_is.base_value as base_value_as_is
    from valued
    inner join valued as as_is
        on
            valued.business_unit = as_is.business_unit
            and valued.curve = as_is.curve
    where as_is.scenario = 'as_is'

),

curves as (

    select 'own_curve' as curve
    union all
    select 'constant_margin' as curve

),

final as (

    select
        pooled.business_unit,
        curves.curve,
        scenarios.scenario,
        case when compared.customer_value is null then 'insufficient data' else 'sufficient' end
            as data_basis,
        pooled.margin_basis,
        pooled.followed_customers_count,
        pooled.current_customers_count,
        cast({{ var('annual_discount_rate') }} as decimal(9, 6)) as annual_discount_ratio,
        {{ money('compared.customer_value') }} as value_per_customer,
        {{ money('compared.customer_value_lower') }} as value_per_customer_lower,
        {{ money('compared.customer_value_upper') }} as value_per_customer_upper,
        cast(compared.uplift as decimal(9, 6)) as uplift_ratio,
        cast(
            least(compared.uplift, compared.lower_uplift, compared.upper_uplift) as decimal(9, 6)
        ) as uplift_ratio_lower,
        cast(
            greatest(compared.uplift, compared.lower_uplift, compared.upper_uplift)
            as decimal(9, 6)
        ) as uplift_ratio_upper,
        {{ money('compared.base_value') }} as base_value,
        {{ money('compared.base_value') }} - {{ money('compared.base_value_as_is') }}
            as base_uplift,
        {{ as_of_date() }} as as_of_date
    from pooled
    cross join curves
    cross join scenarios
    left join compared
        on
            pooled.business_unit = compared.business_unit
            and curves.curve = compared.curve
            and scenarios.scenario = compared.scenario

)

select * from final
