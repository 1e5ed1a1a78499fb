{{ config(materialized='view') }}
with returns as (

    select * from {{ ref('stg_retail__returns') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'retail'

),

first_load as (

    select min(observed_date) as observed_date
    from batches
    where system = 'retail_shop'

),

numbered_returns as (

    select
        {{ unit_id('retail', 'returns.basket_id') }} as order_id,
        returns.refund,
        {{ business_date('returns.refunded_at_utc', 'business_units.time_zone') }} as refund_date,
        row_number() over (
            partition by returns.return_id
            order by returns._source_file desc, returns._batch_sequence desc
        ) as content_number
    from returns
    cross join first_load
    cross join business_units
    where {{ was_known_at_opening('returns', 'refunded_at_utc') }}

),

final as (

    select
        order_id,
        'retail' as business_unit,
        refund,
        refund_date
    from numbered_returns
    where content_number = 1

)

select * from final
