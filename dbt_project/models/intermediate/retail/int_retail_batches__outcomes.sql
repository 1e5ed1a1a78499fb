{{ config(materialized='view') }}
with households as (

    select * from {{ ref('int_retail_households__history') }}

),

campaigns as (

    select * from {{ ref('int_retail_campaigns__history') }}

),

campaign_households as (

    select * from {{ ref('int_retail_campaign_households__history') }}

),

coupons as (

    select * from {{ ref('int_retail_coupons__history') }}

),

coupon_redemptions as (

    select * from {{ ref('int_retail_coupon_redemptions__history') }}

),

products as (

    select * from {{ ref('int_retail_products__history') }}

),

order_lines as (

    select * from {{ ref('stg_retail__order_lines') }}

),

redelivered_order_lines as (

    select * from {{ ref('int_retail_order_lines__redelivered') }}

),

returns as (

    select * from {{ ref('stg_retail__returns') }}

),

redelivered_returns as (

    select * from {{ ref('int_retail_returns__redelivered') }}

),

order_lines_outcomes as (

    select
        order_lines._batch_sequence,
        coalesce(redelivered_order_lines.outcome, 'loaded') as outcome
    from order_lines
    left join redelivered_order_lines
        on
            order_lines.basket_id = redelivered_order_lines.basket_id
            and order_lines.product_id = redelivered_order_lines.product_id
            and order_lines._source_file = redelivered_order_lines._source_file
            and order_lines._batch_sequence = redelivered_order_lines._batch_sequence

),

returns_outcomes as (

    select
        returns._batch_sequence,
        coalesce(redelivered_returns.outcome, 'loaded') as outcome
    from returns
    left join redelivered_returns
        on
            returns.return_id = redelivered_returns.return_id
            and returns._source_file = redelivered_returns._source_file
            and returns._batch_sequence = redelivered_returns._batch_sequence

),

final as (

    select
        'retail_crm' as system,
        'households' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from households
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_crm' as system,
        'campaigns' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from campaigns
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_crm' as system,
        'campaign_households' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from campaign_households
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_crm' as system,
        'coupons' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from coupons
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_crm' as system,
        'coupon_redemptions' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from coupon_redemptions
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_shop' as system,
        'products' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from products
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'retail_shop' as system,
        'order_lines' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from order_lines_outcomes
    group by _batch_sequence, outcome
    union all
    select
        'retail_shop' as system,
        'returns' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from returns_outcomes
    group by _batch_sequence, outcome

)

select * from final
