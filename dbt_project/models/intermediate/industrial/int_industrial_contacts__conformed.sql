{{ config(materialized='view') }}
with history as (

    select * from {{ ref('int_industrial_contacts__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__resolved') }}

),

contacts as (

    select
        contact_id,
        account_id,
        layer,
        contact_function,
        valid_from_date
    from history
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null

),

final as (

    select
        contacts.contact_id,
        'industrial' as business_unit,
        coalesce(accounts.customer_id, {{ unknown_id("'industrial'") }}) as customer_id,
        contacts.layer,
        contacts.contact_function,
        case
            when contacts.valid_from_date > cast('1900-01-01' as date)
                then contacts.valid_from_date
        end as recorded_date
    from contacts
    left join accounts
        on contacts.account_id = accounts.account_id

)

select * from final
