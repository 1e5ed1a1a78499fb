-- Where did every delivered row go?
-- 送达的每一行数据都去了哪里？
-- Unit: both
select
    system,
    count(distinct table_name) as tables,
    count(*) as batches,
    sum(delivered_rows_count) as delivered,
    sum(loaded_rows_count) as loaded,
    sum(superseded_rows_count) as superseded,
    sum(duplicate_rows_count) as duplicates,
    sum(deleted_rows_count) as deleted,
    sum(quarantined_rows_count) as quarantined,
    sum(residual_rows_count) as unexplained
from operations.fct_batch_reconciliation
group by system
order by system
