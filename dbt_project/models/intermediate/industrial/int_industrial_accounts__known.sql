with history as (

    select * from {{ ref('int_industrial_accounts__history') }}

),

known_dates as (

    {{ known_dates() }}

),

known as (

    select
        known_dates.known_date,
        history.account_id,
        history.company_name,
        history.company_name_other,
        {{ comparable_number('history.registration_number') }} as registration_number,
        history.customer_number,
        history.owner_id,
        history.created_date,
        history.valid_from_date,
        row_number() over (
            partition by known_dates.known_date, history.account_id
            order by history.version_number desc
        ) as newest_first
    from history
    cross join known_dates
    where {{ was_known('known_dates.known_date') }}

),

final as (

    select
        known_date,
        account_id,
        company_name,
        company_name_other,
        registration_number,
        customer_number,
        owner_id,
        created_date,
        valid_from_date
    from known
    where newest_first = 1

)

select * from final
