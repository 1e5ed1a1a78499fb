{{ config(materialized='view') }}

with history as (

    select * from {{ ref('int_industrial_contracts__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

contracts as (

    select
        contract_id,
        account_id,
        starts_date,
        ends_date,
        terminated_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

-- From the day it is given up on, a contract binds nobody.
final as (

    select
        {{ unit_id('industrial', 'contracts.contract_id') }} as contract_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        contracts.starts_date,
        least(
            coalesce(contracts.terminated_date, {{ add_days('contracts.ends_date', 1) }}),
            {{ add_days('contracts.ends_date', 1) }}
        ) as ended_date
    from contracts
    left join accounts
        on contracts.account_id = accounts.account_id

)

select * from final
