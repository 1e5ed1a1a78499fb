with measured as (

    select * from {{ ref('int_customers__rfm_measured') }}

),

-- Each business unit is scored on its own: a grocer's and a machine builder's customers do not
-- share a scale.
scored as (

    select
        customer_id,
        business_unit,
        {{ quintile_score('recency_days desc', 'business_unit') }} as recency_score,
        {{ quintile_score('window_occasions_count', 'business_unit') }} as frequency_score,
        {{ quintile_score('window_net_revenue', 'business_unit') }} as monetary_score
    from measured

)

select * from scored
