{{ config(materialized='view') }}
with returns as (

    select * from {{ ref('stg_retail__returns') }}

),

redelivered as (

    select * from {{ ref('int_retail_returns__redelivered') }}

),

final as (

    select
        {{ unit_id('retail', 'returns.return_id') }} as refund_id,
        {{ unit_id('retail', 'returns.basket_id') }} as order_id,
        returns.product_id as line_number,
        'retail' as business_unit,
        cast(returns.product_id as {{ dbt.type_string() }}) as source_product_number,
        '{{ var("retail_reporting_currency") }}' as currency_code,
        cast(null as {{ dbt.type_string() }}) as refund_reason,
        cast(null as {{ dbt.type_string() }}) as exclusion_reason,
        returns.returned_quantity,
        returns.refund,
        returns.refund as refund_source,
        returns.refunded_at_utc
    from returns
    left join redelivered
        on
            returns.return_id = redelivered.return_id
            and returns._source_file = redelivered._source_file
            and returns._batch_sequence = redelivered._batch_sequence
    where coalesce(redelivered.outcome, 'loaded') = 'loaded'

)

select * from final
