"""Write the dashboard, and what each published run did, the moment it is published.

Starts whenever `load_warehouse` publishes. `write_site` writes the dashboard of the live version
to `site/index.html`, one file in English and Chinese, in one step. `write_summary` writes what the
run did (rows landed, quarantined and loaded, audits, version, seconds per step) beside its ledger
as `summary.json` and `summary.txt`, and into the log of the task. By hand: give the run of the
warehouse to summarise; the dashboard is always that of the live version.
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag
from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.notify import Notifier
from customer_value.operators.base import MISTAKES_FAIL_AT_ONCE
from customer_value.operators.write_site import WriteSiteOperator
from customer_value.operators.write_summary import WriteSummaryOperator


@dag(
    schedule=[WAREHOUSE_PUBLISHED],
    start_date=datetime(2017, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args={
        "owner": "data-engineering",
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "retry_policy": MISTAKES_FAIL_AT_ONCE,
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": Notifier(),
    },
    params={
        "run_id": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-\d{2}-\d{2}-[0-9a-z]{8}$",
            title="Run",
            description="The run to summarise, as `customer-value status` lists it. Empty: those "
            "whose publishing started this.",
        )
    },
    tags=["warehouse"],
    doc_md=__doc__,
)
def refresh_dashboard() -> None:
    WriteSiteOperator(task_id="write_site")
    WriteSummaryOperator(task_id="write_summary", run_id="{{ params.run_id or '' }}")


refresh_dashboard()
