with coupons as (

    select * from {{ ref('int_retail_coupons__history') }}

),

retail as (

    select
        'retail' as business_unit,
        cast(campaign_id as {{ dbt.type_string() }}) as source_campaign_number,
        coupon_upc as coupon_number,
        product_id as product_number
    from coupons
    where {{ was_known() }} and {{ known_end_date() }} is null

),

counted as (

    select
        business_unit,
        source_campaign_number,
        count(distinct coupon_number) as coupons_count,
        count(distinct product_number) as coupon_products_count
    from retail
    group by business_unit, source_campaign_number

)

select * from counted
