{#- What is counted of an account, a family and a quarter, and where it is found. -#}
{%- set counts = {
    'touched': ['touches_count', 'procurement_touches_count'],
    'decided': [
        'decisions_count', 'log_cycle_days', 'quotes_count', 'losses_count', 'price_losses_count'
    ],
    'supported': ['cases_count'],
    'bought': ['orders_count', 'sales_revenue', 'unbundled_revenue', 'gross_revenue', 'discount'],
} -%}
{%- set names = counts.values() | sum(start=[]) -%}
with touches as (

    select * from {{ ref('int_account_touches__dated') }}

),

projects as (

    {{ of_every_unit('projects__conformed', [
        'business_unit',
        'customer_id',
        'product_family',
        'stage',
        'lost_reason',
        'competitive_quotes_count',
        'opened_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

service_cases as (

    {{ of_every_unit('service_cases__conformed', [
        'business_unit',
        'customer_id',
        'product_family',
        'opened_date',
    ], units=var('relationship_units')) }}

),

order_lines as (

    select * from {{ ref('int_order_lines__counted') }}

),

orders as (

    select * from {{ ref('int_orders__assembled') }}

),

products as (

    select * from {{ ref('int_products__current') }}

),

rules as (

    select * from {{ ref('experience_rules') }}

),

months as (

    select * from {{ ref('int_months__calendar') }}

),

-- The business unit's rule also says that the unit is read for experience at all.
sold as (

    select
        orders.business_unit,
        orders.customer_id,
        products.product_family,
        orders.order_id,
        order_lines.gross_revenue,
        order_lines.discount,
        order_lines.sales_revenue,
        case
            when order_lines.bundle_id is null and not order_lines.is_service
                then order_lines.sales_revenue
            else 0
        end as unbundled_revenue,
        orders.order_date,
        {{ quarter_start('orders.order_date') }} as quarter_start_date
    from order_lines
    inner join orders
        on order_lines.order_id = orders.order_id
    inner join products
        on
            order_lines.business_unit = products.business_unit
            and order_lines.source_product_number = products.source_product_number
    inner join rules
        on orders.business_unit = rules.business_unit
    where
        not orders.is_customer_unknown
        and products.product_family is not null

),

bought as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        count(distinct order_id) as orders_count,
        sum(sales_revenue) as sales_revenue,
        sum(unbundled_revenue) as unbundled_revenue,
        sum(gross_revenue) as gross_revenue,
        sum(discount) as discount,
        min(order_date) as first_order_date
    from sold
    group by business_unit, customer_id, product_family, quarter_start_date

),

touched as (

    select
        business_unit,
        customer_id,
        product_family,
        quarter_start_date,
        count(*) as touches_count,
        sum(case when contact_function = 'procurement' then 1 else 0 end)
            as procurement_touches_count
    from touches
    group by business_unit, customer_id, product_family, quarter_start_date

),

decided as (

    select
        business_unit,
        customer_id,
        product_family,
        {{ quarter_start('closed_date') }} as quarter_start_date,
        count(*) as decisions_count,
        sum(
            cast(ln(greatest({{ days_between('opened_date', 'closed_date') }}, 1)) as decimal(9, 6))
        ) as log_cycle_days,
        sum(competitive_quotes_count) as quotes_count,
        sum(case when stage = 'lost' then 1 else 0 end) as losses_count,
        sum(case when lost_reason = 'price' then 1 else 0 end) as price_losses_count
    from projects
    where closed_date < {{ as_of_date() }}
    group by business_unit, customer_id, product_family, {{ quarter_start('closed_date') }}

),

supported as (

    select
        business_unit,
        customer_id,
        product_family,
        {{ quarter_start('opened_date') }} as quarter_start_date,
        count(*) as cases_count
    from service_cases
    where opened_date < {{ as_of_date() }}
    group by business_unit, customer_id, product_family, {{ quarter_start('opened_date') }}

),

started as (

    select
        business_unit,
        customer_id,
        product_family,
        min(first_order_date) as first_order_date
    from bought
    group by business_unit, customer_id, product_family

),

-- Every whole quarter from that of the first order on.
grid as (

    select
        started.business_unit,
        started.customer_id,
        started.product_family,
        started.first_order_date,
        months.month_start_date as quarter_start_date,
        {{ add_months('months.month_start_date', 3) }} as next_quarter_start_date
    from started
    inner join months
        on months.month_start_date >= {{ quarter_start('started.first_order_date') }}
    where
        months.month_start_date = {{ quarter_start('months.month_start_date') }}
        and {{ add_months('months.month_start_date', 3) }} <= {{ as_of_date() }}

),

counted as (

    select
        grid.business_unit,
        grid.customer_id,
        grid.product_family,
        {%- for place, columns in counts.items() %}
        {%- for name in columns %}
        coalesce({{ place }}.{{ name }}, 0) as {{ name }},
        {%- endfor %}
        {%- endfor %}
        {{ days_between('grid.first_order_date', 'grid.next_quarter_start_date') }} as tenure_days,
        grid.first_order_date,
        grid.quarter_start_date,
        grid.next_quarter_start_date
    from grid
    left join touched
        on
            grid.business_unit = touched.business_unit
            and grid.customer_id = touched.customer_id
            and grid.product_family = touched.product_family
            and grid.quarter_start_date = touched.quarter_start_date
    left join decided
        on
            grid.business_unit = decided.business_unit
            and grid.customer_id = decided.customer_id
            and grid.product_family = decided.product_family
            and grid.quarter_start_date = decided.quarter_start_date
    left join supported
        on
            grid.business_unit = supported.business_unit
            and grid.customer_id = supported.customer_id
            and grid.product_family = supported.product_family
            and grid.quarter_start_date = supported.quarter_start_date
    left join bought
        on
            grid.business_unit = bought.business_unit
            and grid.customer_id = bought.customer_id
            and grid.product_family = bought.product_family
            and grid.quarter_start_date = bought.quarter_start_date

),

-- What newcomers to the family did in this quarter.
newcomers as (

    select
        counted.business_unit,
        counted.product_family,
        {%- for name in names %}
        sum(case when counted.tenure_days <= rules.newcomer_days then counted.{{ name }} else 0 end)
            as {{ name }},
        {%- endfor %}
        counted.quarter_start_date
    from counted
    inner join rules
        on counted.business_unit = rules.business_unit
    group by counted.business_unit, counted.product_family, counted.quarter_start_date

),

-- What they did until then, never later: the family's own starting point.
newcomers_so_far as (

    select
        business_unit,
        product_family,
        {%- for name in names %}
        sum({{ name }}) over (
            partition by business_unit, product_family order by quarter_start_date
            rows unbounded preceding
        ) as {{ name }},
        {%- endfor %}
        quarter_start_date
    from newcomers

),

-- A quarter holds few touches and orders: each is looked at with the one before.
final as (

    select
        counted.business_unit,
        counted.customer_id,
        counted.product_family,
        {%- for name in names %}
        cast(
            sum(counted.{{ name }}) over (
                partition by counted.business_unit, counted.customer_id, counted.product_family
                order by counted.quarter_start_date
                rows between 1 preceding and current row
            ) as decimal(18, 6)
        ) as {{ name }},
        cast(newcomers_so_far.{{ name }} as decimal(18, 6)) as newcomers_{{ name }},
        {%- endfor %}
        counted.tenure_days,
        counted.first_order_date,
        counted.quarter_start_date,
        counted.next_quarter_start_date
    from counted
    inner join newcomers_so_far
        on
            counted.business_unit = newcomers_so_far.business_unit
            and counted.product_family = newcomers_so_far.product_family
            and counted.quarter_start_date = newcomers_so_far.quarter_start_date

)

select * from final
