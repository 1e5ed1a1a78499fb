"""Ask once a month whether the lifetime-value models foretold what came.

**When.** On the first of each month at 12:00 UTC, when the night that fits the month's models has
been published; by hand at any time.

**What.** Past quarters are lived through again on the live version: for each, models are fitted and
chosen by what had happened before it, and the chosen one's total is held against the quarter that
followed. The result is in the log, the XCom and the run's ledger. The scoreboard of all methods,
`fct_lifetime_value_scoreboard`, is built and published by `load_warehouse`, which has the same
backtests fresh in every month's fit: this DAG reads what readers read and publishes nothing.

**Failures.** Red means that the latest quarter was outside the band its model had promised; the
notification says by how much. Readers keep what they see: a model is replaced by the next fit, or
by a person who knows what changed.
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import dag
from customer_value.notify import Notifier
from customer_value.operators.backtest_lifetime_value import BacktestLifetimeValueOperator
from customer_value.operators.base import MISTAKES_FAIL_AT_ONCE


@dag(
    schedule="0 12 1 * *",
    start_date=datetime(2017, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "data-engineering",
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "retry_policy": MISTAKES_FAIL_AT_ONCE,
        "execution_timeout": timedelta(hours=1),
        "on_failure_callback": Notifier(),
    },
    tags=["warehouse", "monthly"],
    doc_md=__doc__,
)
def backtest_lifetime_value() -> None:
    BacktestLifetimeValueOperator(task_id="backtest_lifetime_value")


backtest_lifetime_value()
