with history as (

    select * from {{ ref('int_industrial_customers__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__known') }}

),

resolved_accounts as (

    select * from {{ ref('int_industrial_accounts__resolved_by_date') }}

),

known_dates as (

    {{ known_dates() }}

),

known as (

    select
        known_dates.known_date,
        history.customer_number,
        history.is_test,
        {{ comparable_number('history.registration_number') }} as registration_number,
        {{ comparable_name('history.company_name') }} as comparable_name,
        history.valid_from_date,
        row_number() over (
            partition by known_dates.known_date, history.customer_number
            order by history.version_number desc
        ) as newest_first
    from history
    cross join known_dates
    where {{ was_known('known_dates.known_date') }}

),

customers as (

    select
        known_date,
        customer_number,
        is_test,
        registration_number,
        comparable_name,
        valid_from_date
    from known
    where newest_first = 1

),

company_accounts as (

    select
        accounts.known_date,
        resolved_accounts.customer_account_id,
        accounts.account_id,
        accounts.customer_number,
        accounts.registration_number,
        accounts.valid_from_date
    from accounts
    inner join resolved_accounts
        on
            accounts.known_date = resolved_accounts.known_date
            and accounts.account_id = resolved_accounts.account_id

),

registrations as (

    select
        known_date,
        customer_account_id,
        registration_number
    from company_accounts
    where registration_number is not null
    group by known_date, customer_account_id, registration_number

),

names as (

    select
        accounts.known_date,
        resolved_accounts.customer_account_id,
        {{ comparable_name('accounts.company_name') }} as comparable_name,
        accounts.valid_from_date
    from accounts
    inner join resolved_accounts
        on
            accounts.known_date = resolved_accounts.known_date
            and accounts.account_id = resolved_accounts.account_id
    union all
    select
        accounts.known_date,
        resolved_accounts.customer_account_id,
        {{ comparable_name('accounts.company_name_other') }} as comparable_name,
        accounts.valid_from_date
    from accounts
    inner join resolved_accounts
        on
            accounts.known_date = resolved_accounts.known_date
            and accounts.account_id = resolved_accounts.account_id

),

-- What speaks for each company, however many accounts say it.
hints as (

    select
        customers.known_date,
        customers.customer_number,
        company_accounts.customer_account_id,
        1 as number_hints,
        0 as registration_hints,
        0 as name_hints,
        company_accounts.valid_from_date
    from customers
    inner join company_accounts
        on
            customers.known_date = company_accounts.known_date
            and customers.customer_number = company_accounts.customer_number
    union all
    select
        customers.known_date,
        customers.customer_number,
        company_accounts.customer_account_id,
        0 as number_hints,
        1 as registration_hints,
        0 as name_hints,
        company_accounts.valid_from_date
    from customers
    inner join company_accounts
        on
            customers.known_date = company_accounts.known_date
            and customers.registration_number = company_accounts.registration_number
    union all
    select
        customers.known_date,
        customers.customer_number,
        names.customer_account_id,
        0 as number_hints,
        0 as registration_hints,
        1 as name_hints,
        names.valid_from_date
    from customers
    inner join names
        on
            customers.known_date = names.known_date
            and customers.comparable_name = names.comparable_name

),

candidates as (

    select
        known_date,
        customer_number,
        customer_account_id,
        max(number_hints) = 1 as has_number,
        max(registration_hints) = 1 as has_registration,
        max(name_hints) = 1 as has_name,
        min(valid_from_date) as valid_from_date
    from hints
    group by known_date, customer_number, customer_account_id

),

-- Who states another registration number is another company, whatever else agrees.
ranked as (

    select
        candidates.known_date,
        candidates.customer_number,
        candidates.customer_account_id,
        case
            when candidates.has_number and candidates.has_registration then 1
            when candidates.has_registration then 2
            when candidates.has_number and candidates.has_name then 3
            when candidates.has_number then 4
            else 5
        end as rule_rank,
        greatest(candidates.valid_from_date, customers.valid_from_date) as valid_since_date
    from candidates
    inner join customers
        on
            candidates.known_date = customers.known_date
            and candidates.customer_number = customers.customer_number
    left join registrations
        on
            candidates.known_date = registrations.known_date
            and candidates.customer_account_id = registrations.customer_account_id
    where
        not customers.is_test
        and (
            candidates.has_registration
            or customers.registration_number is null
            or registrations.registration_number is null
        )

),

best_ranks as (

    select
        known_date,
        customer_number,
        min(rule_rank) as rule_rank
    from ranked
    group by known_date, customer_number

),

best as (

    select
        ranked.known_date,
        ranked.customer_number,
        ranked.rule_rank,
        min(ranked.customer_account_id) as customer_account_id,
        min(ranked.customer_account_id) < max(ranked.customer_account_id) as is_ambiguous,
        min(ranked.valid_since_date) as valid_since_date
    from ranked
    inner join best_ranks
        on
            ranked.known_date = best_ranks.known_date
            and ranked.customer_number = best_ranks.customer_number
            and ranked.rule_rank = best_ranks.rule_rank
    group by ranked.known_date, ranked.customer_number, ranked.rule_rank

),

final as (

    select
        customers.known_date,
        customers.customer_number,
        case
            when not best.is_ambiguous
                then {{ unit_id('industrial', 'best.customer_account_id') }}
            else {{ unknown_id("'industrial'") }}
        end as customer_id,
        case
            when customers.is_test then 'test'
            when best.customer_number is null then 'none'
            when best.is_ambiguous then 'ambiguous'
            when best.rule_rank = 1 then 'customer_number_and_registration'
            when best.rule_rank = 2 then 'registration_number'
            when best.rule_rank = 3 then 'customer_number_and_name'
            when best.rule_rank = 4 then 'customer_number'
            else 'company_name'
        end as identity_rule,
        case
            when best.is_ambiguous or customers.is_test then null
            when best.rule_rank <= 2 then customers.registration_number
            when best.rule_rank <= 4 then customers.customer_number
            else customers.comparable_name
        end as evidence,
        case
            when best.customer_number is null or best.is_ambiguous then cast(0 as decimal(4, 2))
            when best.rule_rank = 1 then cast(1 as decimal(4, 2))
            when best.rule_rank = 2 then cast(0.98 as decimal(4, 2))
            when best.rule_rank = 3 then cast(0.97 as decimal(4, 2))
            when best.rule_rank = 4 then cast(0.95 as decimal(4, 2))
            else cast(0.8 as decimal(4, 2))
        end as confidence,
        coalesce(best.valid_since_date, customers.valid_from_date) as valid_since_date
    from customers
    left join best
        on
            customers.known_date = best.known_date
            and customers.customer_number = best.customer_number

)

select * from final
