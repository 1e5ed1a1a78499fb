with files as (

    select * from {{ ref('int_customers__files_filled') }}

),

aged as (

    select
        customer_id,
        file_kind,
        business_unit,
        owner_id,
        cast(filled_ratio as decimal(9, 6)) as filled_ratio,
        {{ days_between('recorded_date', as_of_date()) }} as age_days,
        stale_after_days,
        recorded_date
    from files

),

final as (

    select
        customer_id,
        file_kind,
        business_unit,
        owner_id,
        filled_ratio,
        age_days,
        stale_after_days,
        filled_ratio = 1 as is_complete,
        coalesce(age_days > stale_after_days, true) as is_stale,
        recorded_date,
        {{ as_of_date() }} as as_of_date
    from aged

)

select * from final
