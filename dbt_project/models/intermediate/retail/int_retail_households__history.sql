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

-- A batch holds a key once per file. What a duplicate says is known: it needs no text.
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
    left join landed
        on
            history.household_id = landed.household_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence
            and history.outcome <> 'duplicate'

)

select * from described
