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

events as (

    select
        history.merge_id,
        history.losing_account_id,
        history.surviving_account_id,
        history.merge_kind,
        history.undoes_merge_id,
        history.merged_at_utc,
        row_number() over (order by history.merged_at_utc, history.merge_id) as event_number
    from history
    cross join business_unit
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null
        and history.merged_at_utc < business_unit.as_of_at_utc

),

undone as (

    select undoes_merge_id as merge_id
    from events
    where merge_kind = 'undo'
    group by undoes_merge_id

),

standing as (

    select
        events.merge_id,
        events.losing_account_id,
        events.surviving_account_id,
        events.event_number,
        row_number() over (
            partition by events.losing_account_id order by events.event_number
        ) as losing_number
    from events
    inner join accounts as losing
        on events.losing_account_id = losing.account_id
    inner join accounts as surviving
        on events.surviving_account_id = surviving.account_id
    left join undone
        on events.merge_id = undone.merge_id
    where
        events.merge_kind = 'merge'
        and undone.merge_id is null

),

-- An account that was given up cannot be given up once more.
links as (

    select
        losing_account_id,
        surviving_account_id,
        event_number
    from standing
    where losing_number = 1

),

-- From each account along the merges, at most so far as a chain may reasonably be.
walked as (

    select
        losing_account_id as start_id,
        surviving_account_id as place_id,
        event_number as last_event_number,
        1 as steps_count
    from links
    union all
    select
        walked.start_id,
        links.surviving_account_id as place_id,
        greatest(walked.last_event_number, links.event_number) as last_event_number,
        walked.steps_count + 1 as steps_count
    from walked
    inner join links
        on walked.place_id = links.losing_account_id
    where
        walked.place_id <> walked.start_id
        and walked.steps_count < 64

),

-- Who comes back to where it began is in a circle; the merge that closed it is refused.
circles as (

    select last_event_number as event_number
    from walked
    where place_id = start_id
    group by last_event_number

),

final as (

    select
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
        on events.merge_id = undone.merge_id
    left join standing
        on events.merge_id = standing.merge_id
    left join circles
        on events.event_number = circles.event_number

)

select * from final
