"""Give readers an earlier version of the warehouse again.

By hand only. Moves the pointer that readers follow and records who did it and why, then writes the
dashboard of that version; nothing is rebuilt or deleted, and the next night publishes a new version
as usual.
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, chain, dag
from customer_value.notify import Notifier
from customer_value.operators.base import MISTAKES_FAIL_AT_ONCE
from customer_value.operators.rollback_warehouse import RollbackWarehouseOperator
from customer_value.operators.write_site import WriteSiteOperator


@dag(
    schedule=None,
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
        "version": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{6}$",
            title="Version",
            description="The six digits of a kept version, as `customer-value status` lists them. "
            "Empty: the one before the current.",
        ),
        "who": Param(
            type="string", minLength=1, title="Who", description="Who decided this, for the record."
        ),
        "why": Param(
            type="string", minLength=1, title="Why", description="The reason, for the record."
        ),
    },
    tags=["warehouse", "by-hand"],
    doc_md=__doc__,
)
def rollback_warehouse() -> None:
    chain(
        RollbackWarehouseOperator(
            task_id="rollback_warehouse",
            version="{{ params.version or '' }}",
            who="{{ params.who }}",
            why="{{ params.why }}",
        ),
        WriteSiteOperator(task_id="write_site"),
    )


rollback_warehouse()
