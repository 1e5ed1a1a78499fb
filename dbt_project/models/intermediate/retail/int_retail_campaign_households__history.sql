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

final as (

    select
        campaign_id,
        household_id,
        outcome,
        version_number,
        is_landed,
        valid_from_date,
        valid_to_date,
        _batch_sequence
    from history

)

select * from final
