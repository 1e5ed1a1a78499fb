with facts as (

    {{ known_of_accounts(
        'account_facts', ['information_level', 'topic', 'information_cost', 'gathered_date']
    ) }}

),

answers as (

    {{ known_of_accounts('analysis_answers', ['analysis_area', 'question_code', 'answered_date']) }}

),

customers as (

    select * from {{ ref('int_customers__current') }}
    where not is_unknown

),

rules as (

    select * from {{ ref('account_rules') }}

),

subjects as (

    select * from {{ ref('account_subjects') }}

),

items as (

    select
        customer_id,
        concat('level_', cast(information_level as {{ dbt.type_string() }})) as subject,
        topic as item,
        information_cost,
        gathered_date as learnt_date
    from facts
    union all
    select
        customer_id,
        analysis_area as subject,
        question_code as item,
        {{ money('0') }} as information_cost,
        answered_date as learnt_date
    from answers

),

learnt as (

    select
        customer_id,
        subject,
        count(distinct item) as known_items_count,
        sum(information_cost) as information_cost,
        max(learnt_date) as newest_date
    from items
    where learnt_date < {{ as_of_date() }}
    group by customer_id, subject

),

-- Only key accounts have a plan whose questions are to be answered.
final as (

    select
        customers.customer_id,
        subjects.subject,
        customers.business_unit,
        subjects.subject_kind,
        cast(subjects.items_count as bigint) as items_count,
        cast(coalesce(learnt.known_items_count, 0) as bigint) as known_items_count,
        {{ ratio('coalesce(learnt.known_items_count, 0)', 'subjects.items_count') }} as known_ratio,
        {{ money('coalesce(learnt.information_cost, 0)') }} as information_cost,
        {{ days_between('learnt.newest_date', as_of_date()) }} as newest_age_days,
        learnt.newest_date is not null
        and {{ days_between('learnt.newest_date', as_of_date()) }} > subjects.stale_after_days
            as is_stale,
        learnt.newest_date,
        {{ as_of_date() }} as as_of_date
    from customers
    inner join rules
        on customers.business_unit = rules.business_unit
    inner join subjects
        on subjects.subject_kind = 'information_level' or customers.is_key_account
    left join learnt
        on
            customers.customer_id = learnt.customer_id
            and subjects.subject = learnt.subject

)

select * from final
