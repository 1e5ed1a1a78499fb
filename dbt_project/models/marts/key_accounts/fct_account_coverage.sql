with contacted as (

    select * from {{ ref('int_accounts__contacted') }}

),

served as (

    select * from {{ ref('int_accounts__served') }}

),

planned as (

    select * from {{ ref('int_accounts__planned') }}

),

customers as (

    select * from {{ ref('int_customers__current') }}

),

cells as (

    select * from {{ ref('fct_contact_cells') }}

),

covered as (

    select
        customer_id,
        count(*) as cells_count,
        sum(case when is_covered then 1 else 0 end) as covered_cells_count
    from cells
    where is_core
    group by customer_id

),

final as (

    select
        contacted.customer_id,
        contacted.business_unit,
        contacted.account_manager_id,
        contacted.executive_sponsor_id,
        contacted.sales_management_id,
        contacted.thread_verdict,
        contacted.sponsor_status,
        coalesce(planned.meeting_status, 'none') as meeting_status,
        contacted.touches_count,
        contacted.touched_contacts_count,
        contacted.top_contact_ratio,
        cast(covered.covered_cells_count as bigint) as covered_cells_count,
        {{ ratio('covered.covered_cells_count', 'covered.cells_count') }} as covered_cells_ratio,
        contacted.sponsor_silence_days,
        coalesce(planned.open_items_count, 0) as open_items_count,
        coalesce(planned.overdue_items_count, 0) as overdue_items_count,
        coalesce(served.complaints_count, 0) as complaints_count,
        coalesce(served.answered_complaints_count, 0) as answered_complaints_count,
        served.median_reply_hours as median_complaint_reply_hours,
        coalesce(served.deliveries_count, 0) as deliveries_count,
        coalesce(served.on_time_deliveries_count, 0) as on_time_deliveries_count,
        {{ share('served.on_time_deliveries_count', 'served.deliveries_count') }}
            as on_time_ratio,
        coalesce(served.purchases_count, 0) as purchases_count,
        {{ share('served.repeated_purchases_count', 'served.purchases_count') }}
            as repurchase_ratio,
        {{ data_basis('coalesce(served.purchases_count, 0)') }} as data_basis,
        planned.budget,
        coalesce(planned.expense, {{ money('0') }}) as expense,
        {{ ratio('planned.expense', 'planned.budget') }} as budget_spent_ratio,
        customers.is_key_account,
        contacted.last_sponsor_touch_date,
        planned.meeting_planned_date,
        planned.meeting_held_date,
        {{ as_of_date() }} as as_of_date
    from contacted
    inner join customers
        on contacted.customer_id = customers.customer_id
    inner join covered
        on contacted.customer_id = covered.customer_id
    left join served
        on contacted.customer_id = served.customer_id
    left join planned
        on contacted.customer_id = planned.customer_id

)

select * from final
