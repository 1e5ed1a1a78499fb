-- What is known of the largest key account, on one page?
-- 最大的重点客户，一页之内我们知道什么？
-- Unit: industrial
select
    pages.line_number,
    sections.name_en as page_section,
    items.name_en as page_item,
    items.name_zh as 项目,
    pages.subject,
    pages.line_value,
    pages.absence
from marts.fct_account_pages as pages
inner join marts.dim_labels as sections
    on
        sections.kind = 'page_section'
        and pages.section = sections.code
inner join marts.dim_labels as items
    on
        items.kind = 'page_item'
        and pages.item = items.code
where
    pages.customer_id = (
        select largest.customer_id
        from marts.fct_key_account_selection as largest
        where
            largest.business_unit = 'industrial'
            and largest.is_key_account
            and largest.margin_last_12_months is not null
        order by largest.margin_last_12_months desc, largest.customer_id asc
        limit 1
    )
order by pages.line_number
limit 12
