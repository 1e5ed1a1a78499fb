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

{{ described_history(['campaign_id'], ['campaign_type', 'start_date', 'end_date']) }}

select * from described
