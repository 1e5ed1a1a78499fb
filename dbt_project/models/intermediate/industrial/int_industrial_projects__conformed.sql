{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_opportunities__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

opportunities as (

    select
        opportunity_id,
        account_id,
        decision_maker_id,
        influencer_id,
        lost_to_competitor_id,
        product_family,
        problem_to_solve,
        process,
        stage,
        currency_code,
        lost_reason,
        budget_amount,
        competitive_quotes_count,
        opened_date,
        planned_purchase_date,
        closed_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        {{ unit_id('industrial', 'opportunities.opportunity_id') }} as project_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        opportunities.decision_maker_id,
        opportunities.influencer_id,
        case
            when opportunities.lost_to_competitor_id is not null
                then {{ unit_id('industrial', 'opportunities.lost_to_competitor_id') }}
        end as lost_to_competitor_id,
        opportunities.product_family,
        opportunities.problem_to_solve,
        opportunities.process,
        opportunities.stage,
        opportunities.lost_reason,
        opportunities.currency_code,
        opportunities.budget_amount as budget_source,
        opportunities.competitive_quotes_count,
        opportunities.opened_date,
        opportunities.planned_purchase_date,
        opportunities.closed_date
    from opportunities
    left join accounts
        on opportunities.account_id = accounts.account_id

)

select * from final
