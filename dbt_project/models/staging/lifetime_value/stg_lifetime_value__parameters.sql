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
        value as parameter_value,
        log_deviation,
        log_likelihood,

        -- flags
        is_degenerate

    from source

)

select * from renamed
