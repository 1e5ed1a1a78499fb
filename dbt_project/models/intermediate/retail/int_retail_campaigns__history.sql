with landed as (

    select * from {{ ref('stg_retail__campaigns') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__campaign_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'campaigns'

),

{{ landed_history(['campaign_id'], own_start='landed.start_date') }},

-- A batch holds a key once per file. What a duplicate says is known: it is not written again.
described as (

    select
        history.campaign_id,
        landed.campaign_type,
        landed.start_date,
        landed.end_date,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        history._batch_sequence
    from history
    inner join landed
        on
            history.campaign_id = landed.campaign_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence
    where history.outcome <> 'duplicate'
    union all
    select
        campaign_id,
        null as campaign_type,
        null as start_date,
        null as end_date,
        outcome,
        version_number,
        is_landed,
        valid_from_date,
        valid_to_date,
        _batch_sequence
    from history
    where outcome = 'duplicate'

)

select * from described
