-- By which rule did each number of a source system find its customer, and how sure is that?
-- 各系统的客户号依据什么规则归到客户名下，把握有多大？
-- Unit: both
select
    identities.business_unit,
    identities.key_kind,
    labels.name_en as identity_rule,
    labels.name_zh as 规则,
    count(*) as numbers,
    min(identities.confidence) as least_confidence
from marts.fct_customer_identities as identities
inner join marts.dim_labels as labels
    on
        labels.kind = 'identity_rule'
        and identities.identity_rule = labels.code
group by identities.business_unit, identities.key_kind, labels.name_en, labels.name_zh
order by identities.business_unit asc, identities.key_kind asc, numbers desc
