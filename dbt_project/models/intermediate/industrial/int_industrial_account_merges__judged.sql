with recursive history as (

    select * from {{ ref('int_industrial_account_merges__history') }}

),

accounts as (

    select * from {{ ref('int_industrial_accounts__known') }}

),

business_unit as (

    select * from {{ ref('int_business_units__listed') }}
    where business_unit = 'industrial'

),

known_dates as (

    {{ known_dates() }}

),

events as (

    select
        known_dates.known_date,
        history.merge_id,
        history.losing_account_id,
        history.surviving_account_id,
        history.merge_kind,
        history.undoes_merge_id,
        history.merged_at_utc,
        row_number() over (
            partition by known_dates.known_date
            order by history.merged_at_utc, history.merge_id
        ) as event_number
    from history
    cross join known_dates
    cross join business_unit
    where
        {{ was_known('known_dates.known_date') }}
        and {{ known_end_date('known_dates.known_date') }} is null
        and history.merged_at_utc
        < {{ day_start_utc('known_dates.known_date', 'business_unit.time_zone') }}

),

undone as (

    select
        known_date,
        undoes_merge_id as merge_id
    from events
    where merge_kind = 'undo'
    group by known_date, undoes_merge_id

),

standing as (

    select
        events.known_date,
        events.merge_id,
        events.losing_account_id,
        events.surviving_account_id,
        events.event_number,
        row_number() over (
            partition by events.known_date, events.losing_account_id
            order by events.event_number
        ) as losing_number
    from events
    inner join accounts as losing
        on
            events.known_date = losing.known_date
            and events.losing_account_id = losing.account_id
    inner join accounts as surviving
        on
            events.known_date = surviving.known_date
            and events.surviving_account_id = surviving.account_id
    left join undone
        on
            events.known_date = undone.known_date
            and events.merge_id = undone.merge_id
    where
        events.merge_kind = 'merge'
        and undone.merge_id is null

),

-- An account that was given up cannot be given up once more.
links as (

    select
        known_date,
        losing_account_id,
        surviving_account_id,
        event_number
    from standing
    where losing_number = 1

),

-- From each account along the merges, at most so far as a chain may reasonably be.
walked as (

    select
        known_date,
        losing_account_id as start_id,
        surviving_account_id as place_id,
        event_number as last_event_number,
        1 as steps_count
    from links
    union all
    select
        walked.known_date,
        walked.start_id,
        links.surviving_account_id as place_id,
        greatest(walked.last_event_number, links.event_number) as last_event_number,
        walked.steps_count + 1 as steps_count
    from walked
    inner join links
        on
            walked.known_date = links.known_date
            and walked.place_id = links.losing_account_id
    where
        walked.place_id <> walked.start_id
        and walked.steps_count < 64

),

-- Who comes back to where it began is in a circle; the merge that closed it is refused.
circles as (

    select
        known_date,
        last_event_number as event_number
    from walked
    where place_id = start_id
    group by known_date, last_event_number

),

final as (

    select
        events.known_date,
        events.merge_id,
        events.losing_account_id,
        events.surviving_account_id,
        events.merge_kind,
        events.undoes_merge_id,
        case
            when events.merge_kind = 'undo' then 'undo'
            when undone.merge_id is not null then 'undone'
            when standing.merge_id is null then 'waiting_for_account'
            when circles.event_number is not null then 'refused_cycle'
            when standing.losing_number > 1 then 'refused_already_merged'
            else 'applied'
        end as verdict,
        events.event_number,
        events.merged_at_utc
    from events
    left join undone
        on
            events.known_date = undone.known_date
            and events.merge_id = undone.merge_id
    left join standing
        on
            events.known_date = standing.known_date
            and events.merge_id = standing.merge_id
    left join circles
        on
            events.known_date = circles.known_date
            and events.event_number = circles.event_number

)

select * from final
