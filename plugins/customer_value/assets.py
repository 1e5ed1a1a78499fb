"""What our DAGs produce for each other to wait for."""

from airflow.sdk import Asset

# An event's ``extra`` carries ``run_id``, ``version``, ``live`` and ``as_of_date``.
WAREHOUSE_PUBLISHED = Asset("warehouse_published")
