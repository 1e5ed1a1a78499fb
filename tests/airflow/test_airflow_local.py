"""What the tool for a local Airflow ends, spares and keeps secret; e2e tests start one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from tools.airflow_local import MARKER, Airflow, AirflowLocalError, _install_secrets, main

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@contextmanager
def process(command: list[str], **marks: str) -> Iterator[psutil.Process]:
    """Give a process in a session of its own, and end what is left of it."""
    child = subprocess.Popen(command, start_new_session=True, env=os.environ | marks)
    try:
        yield psutil.Process(child.pid)
    finally:
        child.kill()
        child.wait()


def alive(process: psutil.Process) -> bool:
    """Return whether it runs; one that waits for init to collect it has ended."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def record(airflow: Airflow, pid: int, created: float) -> None:
    airflow.directory.mkdir(exist_ok=True)
    content = {"pid": pid, "created": created, "url": "http://127.0.0.1:1"}
    (airflow.directory / "standalone.json").write_text(json.dumps(content))


def test_stop_ends_what_a_killed_start_left_in_its_session(tmp_path: Path) -> None:
    airflow = Airflow(tmp_path)
    with process(["/bin/sh", "-c", "sleep 60 & sleep 60; true"]) as leader:
        record(airflow, leader.pid, leader.create_time())
        while len(left := leader.children()) < 2:
            time.sleep(0.01)
        leader.send_signal(signal.SIGKILL)

        airflow.stop()

        assert not any(alive(orphan) for orphan in left)


def test_stop_finds_its_processes_even_if_the_record_is_lost(tmp_path: Path) -> None:
    airflow = Airflow(tmp_path)
    with process(SLEEP, **{MARKER: str(airflow.directory)}) as stray:
        airflow.stop()

        assert not alive(stray)


def test_stop_spares_a_stranger_that_was_given_the_recorded_number(tmp_path: Path) -> None:
    airflow = Airflow(tmp_path)
    with process(SLEEP) as stranger:
        record(airflow, stranger.pid, stranger.create_time() - 3600)

        airflow.stop()

        assert alive(stranger)


def test_the_keys_of_an_install_are_private_and_stay_the_same(tmp_path: Path) -> None:
    first = _install_secrets(tmp_path)

    assert _install_secrets(tmp_path) == first
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_asking_for_an_airflow_that_does_not_run_says_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(AirflowLocalError, match="make up"):
        Airflow(tmp_path).trigger("load_warehouse")


def test_status_without_an_airflow_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path), "status"]) == 1
    assert capsys.readouterr().out == f"No Airflow runs for {tmp_path}.\n"
