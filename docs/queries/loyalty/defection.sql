-- Who leaves: how many of one year's customers are not active in the next?
-- 跳槽率：一年的客户中，次年有多少不再活跃？
-- Unit: industrial
select
    defection.period_start_date as year_from,
    labels.name_en as relation,
    labels.name_zh as 关系,
    defection.customers_count as customers,
    defection.defected_customers_count as defected,
    round(defection.defection_ratio, 3) as defection,
    round(defection.defection_ratio_lower, 3) as at_least,
    round(defection.defection_ratio_upper, 3) as at_most,
    defection.data_basis
from marts.fct_defection as defection
inner join marts.dim_labels as labels
    on
        labels.kind = 'relation_kind'
        and defection.relation_kind = labels.code
where
    defection.business_unit = 'industrial'
    and defection.segment = 'all'
    and defection.period_months = 12
order by defection.period_start_date, defection.relation_kind
