"""What a task hands to the library, and what the library's failures mean to Airflow."""

import datetime as dt
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from airflow.sdk import DAG, Context, RetryAction
from airflow.sdk.bases.operator import ExecutorSafeguard
from airflow.sdk.exceptions import AirflowFailException, AirflowTaskTimeout
from customer_value import errors
from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.operators.backtest_lifetime_value import BacktestLifetimeValueOperator
from customer_value.operators.base import (
    MISTAKES_FAIL_AT_ONCE,
    WarehouseOperator,
    expected_failures,
)
from customer_value.operators.list_systems import ListSystemsOperator
from customer_value.operators.rollback_warehouse import RollbackWarehouseOperator
from customer_value.operators.write_site import WriteSiteOperator
from customer_value.operators.write_summary import WriteSummaryOperator
from customer_value.runs import Run
from customer_value.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data root of our own, and permission to call ``execute`` without a task runner."""
    monkeypatch.setenv("CUSTOMER_VALUE_HOME", str(tmp_path))
    monkeypatch.setattr(ExecutorSafeguard, "test_mode", True)
    return tmp_path


def context(**facts: Any) -> Context:
    return cast(Context, facts)


@pytest.mark.parametrize(
    ("asked", "interval_end", "run_after", "expected"),
    [
        # The night of 1 January 2018 publishes everything before 1 January.
        (None, "2018-01-01T07:00+00:00", "2018-01-01T07:00+00:00", "2018-01-01"),
        # A backfill runs long after; the interval decides.
        (None, "2017-06-01T07:00+00:00", "2026-05-04T03:00+00:00", "2017-06-01"),
        # By hand without a logical date: the last night that had begun.
        (None, None, "2018-01-02T06:59+00:00", "2018-01-01"),
        (None, None, "2018-01-02T07:00+00:00", "2018-01-02"),
        # Asked for: nothing else counts.
        ("2017-03-01", "2018-01-01T07:00+00:00", "2018-01-01T07:00+00:00", "2017-03-01"),
    ],
)
def test_as_of_date_is_the_one_asked_for_or_the_last_night_that_had_begun(
    asked: str | None, interval_end: str | None, run_after: str, expected: str
) -> None:
    dag_run = SimpleNamespace(
        data_interval_end=interval_end and dt.datetime.fromisoformat(interval_end),
        run_after=dt.datetime.fromisoformat(run_after),
    )

    with DAG("any_dag"):
        task = WarehouseOperator(task_id="any_task")

    task.render_template_fields(
        context(
            dag_run=dag_run,
            params={"as_of_date": asked},
            macros=SimpleNamespace(timedelta=dt.timedelta),
        )
    )

    assert task.as_of_date == expected


def test_a_retried_task_belongs_to_the_same_run_and_another_dag_run_to_another() -> None:
    task = WarehouseOperator(task_id="any_task", as_of_date="2017-12-31")
    first = context(dag_run=SimpleNamespace(run_id="scheduled__2017-12-30T07:00:00+00:00"))
    second = context(dag_run=SimpleNamespace(run_id="manual__2026-05-04T03:00:00+00:00"))

    assert task.run_of(first) == task.run_of(first)
    assert task.run_of(first).run_id != task.run_of(second).run_id
    assert task.run_of(first).as_of_date == dt.date(2017, 12, 31)


@pytest.mark.parametrize("kind", [errors.SourceUnavailableError, errors.LockHeldError])
def test_what_may_pass_by_itself_is_left_to_the_retries(kind: type[Exception]) -> None:
    with pytest.raises(kind), expected_failures():
        raise kind("no answer", where="crm", fix="wait")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "kind",
    [errors.AuditError, errors.SourceAccessError, errors.ResourceError, errors.ContractError],
)
def test_what_needs_data_or_a_person_fails_at_once_and_says_what_to_do(
    kind: type[Exception],
) -> None:
    words = r"3 rows\n  where: crm\n  fix:   look"

    with pytest.raises(AirflowFailException, match=words), expected_failures():
        raise kind("3 rows", where="crm", fix="look")  # type: ignore[call-arg]


def test_the_error_beneath_ours_stays_out_of_the_log() -> None:
    refused = errors.SourceAccessError("refused", where="crm", fix="grant")
    refused.__cause__ = RuntimeError("no access for postgresql://reader:hunter2@crm/retail")

    with pytest.raises(AirflowFailException) as raised, expected_failures():
        raise refused

    assert "hunter2" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("mistake", [KeyError("x"), TypeError("x"), ZeroDivisionError("x")])
def test_a_mistake_in_the_code_is_not_retried(mistake: Exception) -> None:
    assert MISTAKES_FAIL_AT_ONCE.evaluate(mistake, 1, 4).action is RetryAction.FAIL


@pytest.mark.parametrize(
    "passing",
    [
        errors.SourceUnavailableError("x", where="x", fix="x"),
        errors.LockHeldError("x", where="x", fix="x"),
        AirflowTaskTimeout("x"),
        ConnectionResetError("x"),
    ],
)
def test_what_may_pass_is_not_taken_for_a_mistake(passing: BaseException) -> None:
    assert MISTAKES_FAIL_AT_ONCE.evaluate(passing, 1, 4).action is RetryAction.DEFAULT


def test_the_load_maps_over_the_declared_systems() -> None:
    assert ListSystemsOperator(task_id="list_systems").execute(context()) == [
        "industrial_crm",
        "industrial_erp",
        "industrial_files",
        "retail_crm",
        "retail_shop",
    ]


def test_a_rollback_of_nothing_fails_with_the_library_s_own_words() -> None:
    task = RollbackWarehouseOperator(task_id="roll", version="", who="me", why="a wrong price")

    with pytest.raises(AirflowFailException, match="fix:"):
        task.execute(context())


def test_a_backtest_before_anything_is_published_says_what_to_do_first() -> None:
    task = BacktestLifetimeValueOperator(task_id="backtest_lifetime_value")

    with pytest.raises(AirflowFailException, match="Run a load first"):
        task.execute(context(dag_run=SimpleNamespace(run_id="scheduled__2018-01-01")))


def test_a_dashboard_before_anything_is_published_says_what_to_do_first() -> None:
    task = WriteSiteOperator(task_id="write_site")

    with pytest.raises(AirflowFailException, match="Run a load first"):
        task.execute(context())


def test_a_summary_lies_beside_the_ledger_for_programs_and_for_people(home: Path) -> None:
    run = Run.named("manual__1", dt.date(2017, 12, 31), Settings(home=home))
    with run.step("build_history") as result:
        result["batches"] = 8
    event = SimpleNamespace(extra={"run_id": run.run_id})
    task = WriteSummaryOperator(task_id="write_summary", run_id="")

    written = task.execute(context(triggering_asset_events={WAREHOUSE_PUBLISHED: [event]}))

    assert written == [run.run_id]
    assert f'"run_id": "{run.run_id}"' in (run.directory / "summary.json").read_text()
    assert "as_of_date: '2017-12-31'" in (run.directory / "summary.txt").read_text()


def test_a_summary_of_nothing_says_what_to_give() -> None:
    task = WriteSummaryOperator(task_id="write_summary", run_id="")

    with pytest.raises(AirflowFailException, match="with a run_id from `customer-value status`"):
        task.execute(context(triggering_asset_events={}))
