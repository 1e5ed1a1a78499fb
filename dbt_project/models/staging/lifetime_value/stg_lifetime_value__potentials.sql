with source as (

    select * from {{ source('lifetime_value', 'potentials') }}

),

renamed as (

    select
        -- keys
        customer_id,
        business_unit,

        -- measures
        cast(last_value as decimal(18, 2)) as last_horizon_net_revenue,
        cast(expected as decimal(18, 2)) as expected_net_revenue,
        cast(low as decimal(18, 2)) as expected_net_revenue_lower,
        cast(potential as decimal(18, 2)) as potential_net_revenue

    from source

)

select * from renamed
