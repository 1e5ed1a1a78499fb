with customers as (

    select * from {{ ref('int_customers__current') }}
    where not is_unknown

),

rules as (

    select * from {{ ref('account_rules') }}

),

contacts as (

    {{ of_every_unit('contacts__conformed', [
        'customer_id',
        'layer',
        'contact_function',
    ], units=var('relationship_units')) }}

),

touches as (

    select * from {{ ref('int_account_touches__dated') }}

),

cells as (

    {% for layer in ['operation', 'management', 'decision'] -%}
    {% set last_layer = loop.last -%}
    {% for function in ['user', 'technical', 'finance', 'procurement', 'support'] -%}
    select
        '{{ layer }}' as layer,
        '{{ function }}' as contact_function,
        {{ 'true' if loop.index <= 3 else 'false' }} as is_core
    {{ 'union all' if not (loop.last and last_layer) }}
    {% endfor -%}
    {% endfor %}
),

people as (

    select
        customer_id,
        layer,
        contact_function,
        count(*) as contacts_count
    from contacts
    group by customer_id, layer, contact_function

),

windowed as (

    select
        touches.customer_id,
        touches.layer,
        touches.contact_function,
        {{ add_days(as_of_date(), '-1 * cast(rules.contact_window_days as integer)') }}
            as window_date,
        touches.touched_date
    from touches
    inner join rules
        on touches.business_unit = rules.business_unit

),

touched as (

    select
        customer_id,
        layer,
        contact_function,
        sum(case when touched_date >= window_date then 1 else 0 end) as touches_count,
        max(touched_date) as last_touch_date
    from windowed
    group by customer_id, layer, contact_function

),

final as (

    select
        customers.customer_id,
        cells.layer,
        cells.contact_function,
        customers.business_unit,
        cast(coalesce(people.contacts_count, 0) as bigint) as contacts_count,
        cast(coalesce(touched.touches_count, 0) as bigint) as touches_count,
        {{ days_between('touched.last_touch_date', as_of_date()) }} as last_touch_age_days,
        cells.is_core,
        coalesce(touched.touches_count, 0) > 0 as is_covered,
        touched.last_touch_date,
        {{ as_of_date() }} as as_of_date
    from customers
    inner join rules
        on customers.business_unit = rules.business_unit
    cross join cells
    left join people
        on
            customers.customer_id = people.customer_id
            and cells.layer = people.layer
            and cells.contact_function = people.contact_function
    left join touched
        on
            customers.customer_id = touched.customer_id
            and cells.layer = touched.layer
            and cells.contact_function = touched.contact_function

)

select * from final
