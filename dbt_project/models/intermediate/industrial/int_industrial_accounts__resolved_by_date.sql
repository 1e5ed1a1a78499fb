with recursive accounts as (

    select * from {{ ref('int_industrial_accounts__known') }}

),

links as (

    select * from {{ ref('int_industrial_account_merges__judged') }}
    where verdict = 'applied'

),

-- The applied merges hold no circle, so every way ends.
walked as (

    select
        known_date,
        losing_account_id as account_id,
        surviving_account_id as place_id,
        merge_id,
        merged_at_utc,
        1 as steps_count
    from links
    union all
    select
        walked.known_date,
        walked.account_id,
        links.surviving_account_id as place_id,
        walked.merge_id,
        greatest(walked.merged_at_utc, links.merged_at_utc) as merged_at_utc,
        walked.steps_count + 1 as steps_count
    from walked
    inner join links
        on
            walked.known_date = links.known_date
            and walked.place_id = links.losing_account_id

),

ends as (

    select
        known_date,
        account_id,
        place_id,
        merge_id,
        merged_at_utc,
        row_number() over (
            partition by known_date, account_id order by steps_count desc
        ) as last_first
    from walked

),

merged as (

    select
        accounts.known_date,
        accounts.account_id,
        coalesce(ends.place_id, accounts.account_id) as surviving_account_id,
        ends.merge_id,
        ends.merged_at_utc
    from accounts
    left join ends
        on
            accounts.known_date = ends.known_date
            and accounts.account_id = ends.account_id
            and ends.last_first = 1

),

-- Of those who stay, one registration number is one company: the oldest account stands for it.
represented as (

    select
        merged.known_date,
        merged.account_id,
        merged.surviving_account_id,
        merged.merge_id,
        merged.merged_at_utc,
        survivors.registration_number,
        survivors.valid_from_date,
        case
            when survivors.registration_number is null then merged.surviving_account_id
            else first_value(merged.surviving_account_id) over (
                partition by merged.known_date, survivors.registration_number
                order by survivors.created_date, merged.surviving_account_id
                rows between unbounded preceding and unbounded following
            )
        end as customer_account_id
    from merged
    inner join accounts as survivors
        on
            merged.known_date = survivors.known_date
            and merged.surviving_account_id = survivors.account_id

),

final as (

    select
        known_date,
        account_id,
        customer_account_id,
        {{ unit_id('industrial', 'customer_account_id') }} as customer_id,
        case
            when merge_id is not null then 'merge'
            when customer_account_id <> account_id then 'registration_number'
            else 'own_number'
        end as identity_rule,
        case
            when merge_id is not null
                then concat('merge ', cast(merge_id as {{ dbt.type_string() }}))
            when customer_account_id <> account_id then registration_number
            else cast(account_id as {{ dbt.type_string() }})
        end as evidence,
        case
            when merge_id is not null then cast(1 as decimal(4, 2))
            when customer_account_id <> account_id then cast(0.98 as decimal(4, 2))
            else cast(1 as decimal(4, 2))
        end as confidence,
        case
            when merge_id is not null then cast(merged_at_utc as date)
            else valid_from_date
        end as valid_since_date
    from represented

)

select * from final
