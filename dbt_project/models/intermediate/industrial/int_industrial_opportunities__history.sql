with landed as (

    select * from {{ ref('stg_industrial__opportunities') }}

),

listed_keys as (

    select * from {{ ref('stg_industrial__opportunity_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'industrial_crm' and table_name = 'opportunities'

),

{{ landed_history(['opportunity_id'], own_start='landed.opened_date') }},

{{ described_history(['opportunity_id'], [
    'account_id',
    'decision_maker_id',
    'influencer_id',
    'lost_to_competitor_id',
    'product_family',
    'problem_to_solve',
    'process',
    'stage',
    'currency_code',
    'lost_reason',
    'budget_amount',
    'competitive_quotes_count',
    'opened_date',
    'planned_purchase_date',
    'closed_date',
]) }}

select * from described
