{{ config(materialized='view') }}

{%- set this_year = "cast(extract(year from " ~ add_days(as_of_date(), -1) ~ ") as bigint)" -%}
with items as (

    {{ known_of_accounts('plan_items', ['plan_item_id', 'created_date', 'due_date', 'done_date']) }}

),

meetings as (

    {{ known_of_accounts('key_account_meetings', ['meeting_year', 'planned_date', 'held_date']) }}

),

budgets as (

    {{ known_of_accounts('account_budgets', ['budget_year', 'budget']) }}

),

expenses as (

    {{ known_of_accounts('account_expenses', ['expense', 'spent_date']) }}

),

open_items as (

    select
        customer_id,
        count(*) as open_items_count,
        sum(case when due_date < {{ as_of_date() }} then 1 else 0 end) as overdue_items_count
    from items
    where
        created_date < {{ as_of_date() }}
        and (done_date is null or done_date >= {{ as_of_date() }})
    group by customer_id

),

-- The year is that of the last day before the as-of date.
meetings_of_the_year as (

    select
        customer_id,
        min(planned_date) as meeting_planned_date,
        min(case when held_date < {{ as_of_date() }} then held_date end) as meeting_held_date
    from meetings
    where meeting_year = {{ this_year }}
    group by customer_id

),

budgets_of_the_year as (

    select
        customer_id,
        sum(budget) as budget
    from budgets
    where budget_year = {{ this_year }}
    group by customer_id

),

expenses_of_the_year as (

    select
        customer_id,
        sum(expense) as expense
    from expenses
    where
        spent_date < {{ as_of_date() }}
        and cast(extract(year from spent_date) as bigint) = {{ this_year }}
    group by customer_id

),

planned as (

    select customer_id from open_items
    union
    select customer_id from meetings_of_the_year
    union
    select customer_id from budgets_of_the_year
    union
    select customer_id from expenses_of_the_year

),

final as (

    select
        planned.customer_id,
        cast(coalesce(open_items.open_items_count, 0) as bigint) as open_items_count,
        cast(coalesce(open_items.overdue_items_count, 0) as bigint) as overdue_items_count,
        {{ money('budgets_of_the_year.budget') }} as budget,
        {{ money('coalesce(expenses_of_the_year.expense, 0)') }} as expense,
        case
            when meetings_of_the_year.meeting_held_date is not null then 'held'
            when meetings_of_the_year.meeting_planned_date >= {{ as_of_date() }} then 'planned'
            when meetings_of_the_year.meeting_planned_date is not null then 'missed'
            else 'none'
        end as meeting_status,
        meetings_of_the_year.meeting_planned_date,
        meetings_of_the_year.meeting_held_date
    from planned
    left join open_items
        on planned.customer_id = open_items.customer_id
    left join meetings_of_the_year
        on planned.customer_id = meetings_of_the_year.customer_id
    left join budgets_of_the_year
        on planned.customer_id = budgets_of_the_year.customer_id
    left join expenses_of_the_year
        on planned.customer_id = expenses_of_the_year.customer_id

)

select * from final
