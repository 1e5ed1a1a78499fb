-- In every batch: delivered = loaded + superseded + duplicate + deleted + quarantined.
select
    system,
    table_name,
    batch_sequence,
    residual_rows_count
from {{ ref('fct_batch_reconciliation') }}
where residual_rows_count <> 0
