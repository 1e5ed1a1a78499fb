-- Whom do we know, on which layer and in which function, and with whom did we speak this year?
-- 我们认识哪些层级和职能的联系人，过去一年联系过多少？
-- Unit: industrial
select
    layers.name_en as layer,
    layers.name_zh as 层级,
    functions.name_en as contact_function,
    functions.name_zh as 职能,
    count(*) as contacts,
    sum(case when contacts.touches_last_12_months_count > 0 then 1 else 0 end) as touched_this_year
from marts.dim_contacts as contacts
inner join marts.dim_labels as layers
    on
        layers.kind = 'contact_layer'
        and contacts.layer = layers.code
inner join marts.dim_labels as functions
    on
        functions.kind = 'contact_function'
        and contacts.contact_function = functions.code
where contacts.business_unit = 'industrial'
group by
    layers.list_position,
    layers.name_en,
    layers.name_zh,
    functions.list_position,
    functions.name_en,
    functions.name_zh
order by layers.list_position, functions.list_position
