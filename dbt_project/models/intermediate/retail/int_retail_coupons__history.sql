with landed as (

    select * from {{ ref('stg_retail__coupons') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__coupon_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'coupons'

),

{{ landed_history(['coupon_upc', 'product_id', 'campaign_id']) }},

-- One landed row for each row of the history: a batch holds a key once per file.
described as (

    select
        landed.coupon_upc,
        landed.product_id,
        landed.campaign_id,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        landed._batch_sequence
    from history
    inner join landed
        on
            history.coupon_upc = landed.coupon_upc
            and history.product_id = landed.product_id
            and history.campaign_id = landed.campaign_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence

)

select * from described
