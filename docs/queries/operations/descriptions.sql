-- What does a column mean? Every table and column carries its description.
-- 某一列是什么意思？每张表、每一列都带有说明。
-- Unit: both
select
    column_name,
    data_type,
    comment
from duckdb_columns()
where schema_name = 'marts' and table_name = 'fct_customer_value' and column_name like 'margin%'
order by column_name
