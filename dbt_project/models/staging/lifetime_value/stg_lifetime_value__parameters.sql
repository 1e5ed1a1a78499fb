with source as (

    select * from {{ source('lifetime_value', 'parameters') }}

),

renamed as (

    select
        -- keys
        business_unit,
        model as model_name,
        parameter as parameter_name,

        -- attributes
        reason as degenerate_reason,

        -- measures
        cast(value as decimal(28, 12)) as parameter_value,
        cast(log_deviation as decimal(18, 9)) as log_deviation,
        cast(log_likelihood as decimal(18, 4)) as log_likelihood,

        -- flags
        is_degenerate

    from source

)

select * from renamed
