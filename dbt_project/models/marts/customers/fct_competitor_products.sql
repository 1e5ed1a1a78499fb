with competitor_products as (

    {{ of_every_unit('competitor_products__conformed', [
        'usage_id',
        'business_unit',
        'customer_id',
        'competitor_id',
        'competitor_name',
        'competitor_name_other',
        'sales_representative_id',
        'product_family',
        'satisfaction_score',
        'recorded_date',
    ], units=var('relationship_units')) }}

),

projects as (

    {{ of_every_unit('projects__conformed', [
        'customer_id',
        'lost_to_competitor_id',
        'product_family',
        'closed_date',
    ], units=var('relationship_units')) }}

),

losses as (

    select
        customer_id,
        lost_to_competitor_id,
        product_family,
        count(*) as lost_projects_count,
        max(closed_date) as last_lost_date
    from projects
    where lost_to_competitor_id is not null
    group by customer_id, lost_to_competitor_id, product_family

),

final as (

    select
        competitor_products.usage_id,
        competitor_products.business_unit,
        competitor_products.customer_id,
        competitor_products.competitor_id,
        competitor_products.sales_representative_id,
        competitor_products.competitor_name,
        competitor_products.competitor_name_other,
        competitor_products.product_family,
        competitor_products.satisfaction_score,
        coalesce(losses.lost_projects_count, 0) as lost_projects_count,
        losses.last_lost_date,
        competitor_products.recorded_date
    from competitor_products
    left join losses
        on
            competitor_products.customer_id = losses.customer_id
            and competitor_products.competitor_id = losses.lost_to_competitor_id
            and competitor_products.product_family = losses.product_family

)

select * from final
