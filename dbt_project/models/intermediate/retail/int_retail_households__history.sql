with landed as (

    select * from {{ ref('stg_retail__households') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__household_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_crm' and table_name = 'households'

),

{{ landed_history(['household_id'], own_start='landed.enrolled_date') }},

-- A batch holds a key once per file. What a duplicate says is known: it is not written again.
described as (

    select
        history.household_id,
        landed.age_band,
        landed.income_band,
        landed.home_ownership,
        landed.marital_status,
        landed.household_size_band,
        landed.household_composition,
        landed.kids_band,
        landed.enrolled_date,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        history._batch_sequence
    from history
    inner join landed
        on
            history.household_id = landed.household_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence
    where history.outcome <> 'duplicate'
    union all
    select
        household_id,
        null as age_band,
        null as income_band,
        null as home_ownership,
        null as marital_status,
        null as household_size_band,
        null as household_composition,
        null as kids_band,
        null as enrolled_date,
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
