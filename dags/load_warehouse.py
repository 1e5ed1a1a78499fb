"""Bring the published warehouse to the end of the last business day.

**When.** Every night at 07:00 UTC, when the last shop's day has ended. A run stands for the day
its data interval ends on: the run of 07:00 on 1 March publishes everything before 1 March
(`as_of_date` is 1 March, and every window ends just before it). No task reads the clock.

**What.** Each source system is extracted into the landing zone and audited on its own; then dbt
builds history and marts in a private file, the sealed marts are audited, and one pointer swap
publishes them all. Until that swap, and after any failure, readers see the previous version.

**By hand.** *Trigger* with `as_of_date` loads that day; without it, the last night that had begun
at the run's logical date, or at the moment of triggering when it has none. Past nights:
`airflow backfill create --dag-id load_warehouse --from-date 2017-12-29T07:00 --to-date
2017-12-31T07:00 --max-active-runs 1` (dates are interval *starts*; these give `as_of_date`
30 December to 1 January). The warehouse has one writer, so keep `--max-active-runs 1`.

**Failures.** Network and lock failures are tried again with growing pauses; audits and everything
that needs new data or a person fail at once, and the message ends with what to do. Clear the
failed task to go on from there: finished work is not done twice.

**Switching it on** starts the latest night at once. `CUSTOMER_VALUE_LAST_NIGHT=2017-12-31` keeps
the schedule from starting any night that begins later; runs by hand and backfills still work.
"""

import os
from datetime import UTC, datetime, timedelta

from airflow.sdk import (  # type: ignore[attr-defined]  # its stub file lacks three of them
    AsyncCallback,
    DeadlineAlert,
    DeadlineReference,
    Param,
    chain,
    dag,
    task_group,
)
from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.notify import Notifier
from customer_value.operators.audit_marts import AuditMartsOperator
from customer_value.operators.audit_source import AuditSourceOperator
from customer_value.operators.base import MISTAKES_FAIL_AT_ONCE, NIGHT_HOUR_UTC
from customer_value.operators.build_history import BuildHistoryOperator
from customer_value.operators.build_marts import BuildMartsOperator
from customer_value.operators.extract_source import ExtractSourceOperator
from customer_value.operators.fit_lifetime_value import FitLifetimeValueOperator
from customer_value.operators.list_systems import ListSystemsOperator
from customer_value.operators.publish_warehouse import PublishWarehouseOperator

LAST_NIGHT = os.environ.get("CUSTOMER_VALUE_LAST_NIGHT")


@dag(
    schedule=f"0 {NIGHT_HOUR_UTC} * * *",
    start_date=datetime(2017, 1, 1, tzinfo=UTC),
    end_date=datetime.fromisoformat(LAST_NIGHT).replace(tzinfo=UTC) if LAST_NIGHT else None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    deadline=DeadlineAlert(
        # A night's logical date is its time; runs by hand have none, and somebody who watches.
        # Not DAGRUN_QUEUED_AT, with which Airflow 3.3 answers every clearing of a run with an
        # internal error (apache/airflow#70368).
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
        interval=timedelta(hours=3),
        callback=AsyncCallback(Notifier),
    ),
    default_args={
        "owner": "data-engineering",
        "retries": 4,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=30),
        "retry_policy": MISTAKES_FAIL_AT_ONCE,
        "execution_timeout": timedelta(hours=2),
        "on_failure_callback": Notifier(),
        # No pool: a pool must be created by hand before the first run, and the library's own
        # writer lock also holds against the command line and other schedulers.
    },
    params={
        "as_of_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="As-of date",
            description="The day that closes every window, itself outside (2017-12-31 loads up to "
            "and with 30 December). Empty: the last night that had begun.",
        )
    },
    tags=["warehouse", "nightly"],
    doc_md=__doc__,
)
def load_warehouse() -> None:
    @task_group(prefix_group_id=False)
    def land_source(system: str) -> None:
        """Extract one system, then audit what it delivered; no system waits for another."""
        chain(
            ExtractSourceOperator(
                task_id="extract_source", system=system, map_index_template="{{ task.system }}"
            ),
            AuditSourceOperator(
                task_id="audit_source",
                system=system,
                map_index_template="{{ task.system }}",
                retries=0,
                execution_timeout=timedelta(hours=1),
            ),
        )

    systems = ListSystemsOperator(
        task_id="list_systems", execution_timeout=timedelta(minutes=5)
    ).output
    chain(
        land_source.expand(system=systems),
        BuildHistoryOperator(task_id="build_history"),
        FitLifetimeValueOperator(task_id="fit_lifetime_value"),
        BuildMartsOperator(task_id="build_marts"),
        AuditMartsOperator(task_id="audit_marts", retries=0, execution_timeout=timedelta(hours=1)),
        PublishWarehouseOperator(
            task_id="publish_warehouse",
            outlets=[WAREHOUSE_PUBLISHED],
            execution_timeout=timedelta(minutes=30),
        ),
    )


load_warehouse()
