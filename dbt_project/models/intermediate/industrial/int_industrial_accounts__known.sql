with history as (

    select * from {{ ref('int_industrial_accounts__history') }}

),

known as (

    select
        account_id,
        company_name,
        company_name_other,
        {{ comparable_number('registration_number') }} as registration_number,
        customer_number,
        owner_id,
        created_date,
        valid_from_date,
        row_number() over (partition by account_id order by version_number desc) as newest_first
    from history
    where {{ was_known() }}

),

final as (

    select
        account_id,
        company_name,
        company_name_other,
        registration_number,
        customer_number,
        owner_id,
        created_date,
        valid_from_date
    from known
    where newest_first = 1

)

select * from final
