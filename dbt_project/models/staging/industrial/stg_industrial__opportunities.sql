with source as (

    select * from {{ source('industrial_crm', 'opportunities') }}

),

renamed as (

    select
        -- keys
        cast(opportunity_id as bigint) as opportunity_id,
        cast(account_id as bigint) as account_id,
        cast(decision_maker_contact_id as {{ dbt.type_string() }}) as decision_maker_id,
        cast(influencer_contact_id as {{ dbt.type_string() }}) as influencer_id,
        cast(lost_to_competitor_id as bigint) as lost_to_competitor_id,

        -- attributes
        cast(product_family as {{ dbt.type_string() }}) as product_family,
        cast(problem_to_solve as {{ dbt.type_string() }}) as problem_to_solve,
        cast(process as {{ dbt.type_string() }}) as process,
        cast(stage as {{ dbt.type_string() }}) as stage,
        cast(currency_code as {{ dbt.type_string() }}) as currency_code,
        cast(lost_reason as {{ dbt.type_string() }}) as lost_reason,

        -- measures
        {{ money('budget_amount') }} as budget_amount,
        cast(competitive_quotes_count as bigint) as competitive_quotes_count,

        -- dates and times
        cast(opened_on as date) as opened_date,
        cast(planned_purchase_date as date) as planned_purchase_date,
        cast(closed_on as date) as closed_date,
        {{ utc_timestamp('updated_at') }} as updated_at_utc,

        -- load metadata
        _batch_sequence,
        _observed_date,
        coalesce(_source_file, '') as _source_file,
        _row_hash

    from source

)

select * from renamed
