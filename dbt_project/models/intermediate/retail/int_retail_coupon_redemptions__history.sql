with landed as (

    select * from {{ ref('stg_retail__coupon_redemptions') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__coupon_redemption_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'coupon_redemptions'

),

{{ landed_history(
    ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'],
    own_start='landed.redemption_date'
) }},

-- One landed row for each row of the history: a batch holds a key once per file.
described as (

    select
        landed.household_id,
        landed.coupon_upc,
        landed.campaign_id,
        landed.redemption_date,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        landed._batch_sequence
    from history
    inner join landed
        on
            history.household_id = landed.household_id
            and history.coupon_upc = landed.coupon_upc
            and history.campaign_id = landed.campaign_id
            and history.redemption_date = landed.redemption_date
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence

)

select * from described
