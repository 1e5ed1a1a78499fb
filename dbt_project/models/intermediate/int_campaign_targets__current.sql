with campaign_households as (

    select * from {{ ref('int_retail_campaign_households__history') }}

),

retail as (

    select
        'retail' as business_unit,
        cast(campaign_id as {{ dbt.type_string() }}) as source_campaign_number,
        cast(household_id as {{ dbt.type_string() }}) as source_customer_number
    from campaign_households
    where {{ was_known() }} and {{ known_end_date() }} is null

),

final as (

    select
        business_unit,
        source_campaign_number,
        source_customer_number
    from retail

)

select * from final
