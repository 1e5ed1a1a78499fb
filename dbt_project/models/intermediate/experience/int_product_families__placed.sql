{{ config(materialized='view') }}

with history as (

    {{ of_every_unit('product_families__conformed', [
        'business_unit',
        'product_family',
        'differentiation',
        'maturity',
        'version_number',
        'valid_from_date',
    ], units=var('relationship_units')) }}

),

months as (

    select * from {{ ref('int_months__calendar') }}

),

quarters as (

    select
        month_start_date as quarter_start_date,
        {{ add_months('month_start_date', 3) }} as next_quarter_start_date
    from months
    where month_start_date = {{ quarter_start('month_start_date') }}

),

-- A quarter is judged by what the list said when it ended.
placed as (

    select
        history.business_unit,
        history.product_family,
        quarters.quarter_start_date,
        history.differentiation,
        history.maturity,
        row_number() over (
            partition by history.business_unit, history.product_family, quarters.quarter_start_date
            order by history.version_number desc
        ) as newest_first
    from quarters
    inner join history
        on quarters.next_quarter_start_date > history.valid_from_date

),

final as (

    select
        business_unit,
        product_family,
        quarter_start_date,
        differentiation,
        maturity
    from placed
    where newest_first = 1

)

select * from final
