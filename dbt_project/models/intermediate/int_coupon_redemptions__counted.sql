with redemptions as (

    select * from {{ ref('int_retail_coupon_redemptions__history') }}

),

-- A redemption counts by its own day, even if it was landed later, until the source deletes it.
retail as (

    select
        'retail' as business_unit,
        cast(campaign_id as {{ dbt.type_string() }}) as source_campaign_number,
        cast(household_id as {{ dbt.type_string() }}) as source_customer_number,
        redemption_date
    from redemptions
    where
        redemption_date < {{ as_of_date() }}
        and outcome <> 'duplicate'
        and (valid_from_date <= {{ as_of_date() }} or version_number = 1)
        and {{ known_end_date() }} is null

),

counted as (

    select
        business_unit,
        source_campaign_number,
        source_customer_number,
        count(*) as redemptions_count,
        min(redemption_date) as first_redemption_date,
        max(redemption_date) as last_redemption_date
    from retail
    group by business_unit, source_campaign_number, source_customer_number

)

select * from counted
