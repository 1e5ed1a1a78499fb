with customers as (

    select * from {{ ref('int_customers__current') }}
    where not is_unknown

),

history as (

    select * from {{ ref('int_customers__history') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

contacts as (

    {{ of_every_unit('contacts__conformed', [
        'customer_id',
        'contact_id',
        'layer',
        'contact_function',
    ], units=var('relationship_units')) }}

),

touches as (

    {{ of_every_unit('touches__conformed', [
        'contact_id',
        'touched_date',
    ], units=var('relationship_units')) }}

),

competitor_products as (

    {{ of_every_unit('competitor_products__conformed', [
        'customer_id',
        'product_family',
        'satisfaction_score',
        'sales_representative_id',
        'recorded_date',
    ], units=var('relationship_units')) }}

),

projects as (

    {{ of_every_unit('projects__conformed', [
        'project_id',
        'customer_id',
        'problem_to_solve',
        'decision_maker_id',
        'influencer_id',
        'planned_purchase_date',
        'budget_source',
        'process',
        'opened_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

files as (

    select * from {{ ref('customer_files') }}

),

-- The background was looked at when it last changed; that it was right since, nobody wrote down.
newest_versions as (

    select
        customer_id,
        max(valid_from_date) as recorded_date
    from history
    group by customer_id

),

last_touches as (

    select
        contact_id,
        max(touched_date) as touched_date
    from touches
    where touched_date < {{ as_of_date() }}
    group by contact_id

),

-- Who was spoken to is known to be there still.
contact_cells as (

    select
        contacts.customer_id,
        contacts.layer,
        contacts.contact_function,
        max(last_touches.touched_date) as recorded_date
    from contacts
    left join last_touches
        on contacts.contact_id = last_touches.contact_id
    where contacts.contact_function in ('user', 'technical', 'finance')
    group by contacts.customer_id, contacts.layer, contacts.contact_function

),

newest_projects as (

    select
        customer_id,
        problem_to_solve,
        decision_maker_id,
        influencer_id,
        planned_purchase_date,
        budget_source,
        process,
        coalesce(closed_date, opened_date) as recorded_date,
        row_number() over (
            partition by customer_id order by opened_date desc, project_id desc
        ) as newest_first
    from projects

),

filled as (

    select
        customer_id,
        'contacts' as file_kind,
        count(*) as filled_fields_count,
        max(recorded_date) as recorded_date
    from contact_cells
    group by customer_id
    union all
    select
        customer_id,
        'competitors' as file_kind,
        max(case when product_family is null then 0 else 1 end)
        + max(case when satisfaction_score is null then 0 else 1 end)
        + max(case when sales_representative_id is null then 0 else 1 end)
            as filled_fields_count,
        max(recorded_date) as recorded_date
    from competitor_products
    group by customer_id
    union all
    select
        customer_id,
        'projects' as file_kind,
        case when problem_to_solve is null then 0 else 1 end
        + case when decision_maker_id is null then 0 else 1 end
        + case when influencer_id is null then 0 else 1 end
        + case when planned_purchase_date is null then 0 else 1 end
        + case when budget_source is null then 0 else 1 end
        + case when process is null then 0 else 1 end as filled_fields_count,
        recorded_date
    from newest_projects
    where newest_first = 1

),

final as (

    select
        customers.customer_id,
        files.file_kind,
        customers.business_unit,
        customers.owner_id,
        case
            when files.file_kind = 'background' then customers.profile_filled_ratio
            else {{ ratio(
                'coalesce(filled.filled_fields_count, 0)',
                'files.required_fields_count',
            ) }}
        end as filled_ratio,
        files.stale_after_days,
        case
            when files.file_kind = 'background' then newest_versions.recorded_date
            else filled.recorded_date
        end as recorded_date
    from customers
    inner join business_units
        on customers.business_unit = business_units.business_unit
    inner join files
        on business_units.has_dealings or not files.is_of_dealings
    inner join newest_versions
        on customers.customer_id = newest_versions.customer_id
    left join filled
        on
            customers.customer_id = filled.customer_id
            and files.file_kind = filled.file_kind
    where not customers.is_deleted

)

select * from final
