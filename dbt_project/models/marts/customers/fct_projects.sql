with projects as (

    {{ of_every_unit('projects__conformed', [
        'project_id',
        'business_unit',
        'customer_id',
        'decision_maker_id',
        'influencer_id',
        'lost_to_competitor_id',
        'product_family',
        'problem_to_solve',
        'process',
        'stage',
        'lost_reason',
        'currency_code',
        'budget_source',
        'competitive_quotes_count',
        'opened_date',
        'planned_purchase_date',
        'closed_date',
    ], units=var('relationship_units')) }}

),

contacts as (

    {{ of_every_unit('contacts__conformed', [
        'contact_id',
        'layer',
        'contact_function',
    ], units=var('relationship_units')) }}

),

final as (

    select
        projects.project_id,
        projects.business_unit,
        projects.customer_id,
        projects.decision_maker_id,
        projects.influencer_id,
        projects.lost_to_competitor_id,
        projects.product_family,
        projects.problem_to_solve,
        projects.process,
        projects.stage,
        projects.lost_reason,
        contacts.layer as decision_maker_layer,
        contacts.contact_function as decision_maker_function,
        projects.currency_code,
        projects.budget_source,
        projects.competitive_quotes_count,
        {{ days_between('projects.opened_date', 'projects.closed_date') }} as decision_days,
        coalesce(
            projects.stage = 'open' and projects.planned_purchase_date < {{ as_of_date() }},
            false
        ) as is_overdue,
        projects.opened_date,
        projects.planned_purchase_date,
        projects.closed_date
    from projects
    left join contacts
        on projects.decision_maker_id = contacts.contact_id

)

select * from final
