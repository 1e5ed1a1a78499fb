with labels as (

    select * from {{ ref('labels') }}

),

final as (

    select
        kind,
        code,
        list_position,
        name_en,
        name_zh,
        meaning_en,
        meaning_zh
    from labels

)

select * from final
