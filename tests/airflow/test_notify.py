"""The message a person gets, and that it carries no secret."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from airflow.sdk import Context
from airflow.sdk.log import mask_secret
from customer_value.errors import AuditError
from customer_value.notify import Notifier, failure_message, lateness_message


def failed_task(error: BaseException) -> Context:
    task = SimpleNamespace(
        dag_id="load_warehouse",
        task_id="audit_source",
        run_id="manual__1",
        try_number=1,
        rendered_map_index="retail_shop",
    )
    return cast(Context, {"ti": task, "exception": error})


def test_a_failure_names_task_run_rule_and_remedy() -> None:
    error = AuditError("3 rows without a price", where="order_lines", fix="customer-value load")

    assert failure_message(failed_task(error)) == (
        "load_warehouse.audit_source [retail_shop] failed in run manual__1 (try 1).\n"
        "3 rows without a price\n  where: order_lines\n  fix:   customer-value load"
    )


def late_run(run_type: str) -> Context:
    run = {
        "dag_id": "load_warehouse",
        "dag_run_id": f"{run_type}__1",
        "run_type": run_type,
        "queued_at": "2018-01-01T07:00:01Z",
    }
    return cast(Context, {"dag_run": run, "deadline": {"deadline_time": "2018-01-01T10:00:01Z"}})


def test_a_late_night_names_the_run_and_when_it_was_due() -> None:
    assert lateness_message(late_run("scheduled")) == (
        "load_warehouse is late: run scheduled__1 (queued 2018-01-01T07:00:01Z) was due by "
        "2018-01-01T10:00:01Z. Readers still see the previous version."
    )


@pytest.mark.parametrize(("run_type", "told"), [("scheduled", True), ("backfill", False)])
def test_a_past_night_that_waits_for_its_turn_alarms_nobody(
    run_type: str, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = tmp_path / "received.txt"
    monkeypatch.setenv("CUSTOMER_VALUE_NOTIFY_COMMAND", f"tee '{received}'")

    asyncio.run(Notifier().async_notify(late_run(run_type)))

    assert received.exists() is told


def test_the_command_gets_the_message_without_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = tmp_path / "received.txt"
    monkeypatch.setenv("CUSTOMER_VALUE_NOTIFY_COMMAND", f"tee '{received}'")
    mask_secret("correct-horse-battery")

    Notifier().notify(failed_task(RuntimeError("no access with correct-horse-battery")))

    assert received.read_text().endswith("no access with ***")


def test_a_command_that_fails_is_an_error_in_the_log_of_the_task(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CUSTOMER_VALUE_NOTIFY_COMMAND", "false")

    with pytest.raises(Exception, match="'false'"):
        Notifier()(failed_task(RuntimeError("x")))
