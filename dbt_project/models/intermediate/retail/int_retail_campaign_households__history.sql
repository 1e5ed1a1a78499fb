with landed as (

    select * from {{ ref('stg_retail__campaign_households') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__campaign_household_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'campaign_households'

),

{{ landed_history(['campaign_id', 'household_id']) }},

-- One landed row for each row of the history: a batch holds a key once per file.
described as (

    select
        landed.campaign_id,
        landed.household_id,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        landed._batch_sequence
    from history
    inner join landed
        on
            history.campaign_id = landed.campaign_id
            and history.household_id = landed.household_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence

)

select * from described
