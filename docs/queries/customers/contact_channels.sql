-- How do customers and the seller meet, and is that changing?
-- 客户与我们通过哪些渠道联系，与前一年相比有何变化？
-- Unit: industrial
select
    labels.name_en as channel,
    labels.name_zh as 渠道,
    sum(channels.touches_last_12_months_count) as touches_last_12_months,
    sum(channels.touches_12_months_before_count) as touches_12_months_before,
    sum(channels.inbound_last_12_months_count) as asked_by_customer
from marts.fct_contact_channels as channels
inner join marts.dim_labels as labels
    on
        labels.kind = 'contact_channel'
        and channels.channel = labels.code
where channels.business_unit = 'industrial'
group by labels.name_en, labels.name_zh
order by touches_last_12_months desc, channel asc
