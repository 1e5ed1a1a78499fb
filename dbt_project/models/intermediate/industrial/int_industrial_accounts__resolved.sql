{{ config(materialized='view') }}
with accounts as (

    select * from {{ ref('int_industrial_accounts__resolved_by_date') }}

),

final as (

    select
        account_id,
        customer_account_id,
        customer_id
    from accounts
    where known_date = {{ as_of_date() }}

)

select * from final
