"""The Airflow services, started as the Compose file says, without the containers around them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest

from demo import postgres
from tests.compose.composition import PROJECT

Services = dict[str, dict[str, Any]]

LASTING = ("api-server", "dag-processor", "triggerer", "scheduler")
PATIENCE_SECONDS = 180
DAG = """
from datetime import datetime
from pathlib import Path

from airflow.sdk import BaseHook, dag, task


@dag(schedule="@once", start_date=datetime(2026, 1, 1), is_paused_upon_creation=False)
def name_the_crm():
    @task
    def write():
        Path({answer!r}).write_text(BaseHook.get_connection("retail_crm").host)

    write()


name_the_crm()
"""


@pytest.mark.slow
@pytest.mark.seconds(60)
def test_services_become_healthy_run_a_task_and_end_when_asked(
    services: Services, variables: dict[str, str], tmp_path: Path
) -> None:
    answer = tmp_path / "answer"
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "name_the_crm.py").write_text(DAG.format(answer=str(answer)))
    with postgres.running(tmp_path / "pg") as database:
        here = _Here(database, variables, tmp_path)
        subprocess.run(**here.process(services["init"]), check=True)
        assert not any(here.is_healthy(services[name]) for name in LASTING)

        with here.started({name: services[name] for name in LASTING}) as started:
            for name in LASTING:
                _wait_for(partial(here.is_healthy, services[name]), name, tmp_path)
            _wait_for(answer.exists, "the task", tmp_path)
            arguments = _arguments_of({process.pid for process in started.values()})
            token = here.ask("/auth/token", here.administrator)["access_token"]
            # Not before the run is over: a task that cannot report to an API that has ended
            # keeps its scheduler waiting.
            _wait_for(partial(here.has_succeeded, "name_the_crm", token), "the run", tmp_path)
            runs = here.ask("/api/v2/dags/name_the_crm/dagRuns", token=token)
            with pytest.raises(HTTPError, match="401"):
                here.ask("/auth/token", here.administrator | {"password": "wrong"})
            with pytest.raises(HTTPError, match="401"):
                here.ask("/api/v2/dags")
            for process in started.values():
                process.terminate()
            ended = {name: process.wait(60) for name, process in started.items()}

    logs = "\n".join(path.read_text() for path in tmp_path.rglob("*.log"))
    secrets = [v for k, v in variables.items() if re.search("PASSWORD|SECRET|KEY", k)]
    assert answer.read_text() == "crm"
    assert runs["total_entries"] == 1
    assert ended == dict.fromkeys(LASTING, 0)
    assert "scheduler" in arguments
    assert [secret for secret in secrets if secret in logs + arguments] == []


class _Here:
    """This machine in place of the containers: other paths and ports, one local PostgreSQL."""

    def __init__(
        self, database: postgres.Postgres, variables: Mapping[str, str], folder: Path
    ) -> None:
        with psycopg.connect(_address(database, "postgres"), autocommit=True) as connection:
            connection.execute("create database airflow")
        self.folder = folder
        self.api_port, self.health_port = _free_port(), _free_port()
        self.administrator = {
            "username": variables["AIRFLOW_ADMIN_USER"],
            "password": variables["AIRFLOW_ADMIN_PASSWORD"],
        }
        metadata = f"postgresql+psycopg://airflow:{variables['METADATA_PASSWORD']}@metadata:5432"
        self._instead = {
            f"{metadata}/airflow": _address(database, "airflow").replace("://", "+psycopg://"),
            "//api-server:8080": f"//127.0.0.1:{self.api_port}",
            "//127.0.0.1:8080": f"//127.0.0.1:{self.api_port}",
            "//127.0.0.1:8974": f"//127.0.0.1:{self.health_port}",
            "/opt/customer-value/dags": str(folder / "dags"),
            "/opt/customer-value": str(PROJECT),
            "/var/log/airflow": str(folder / "logs"),
        }

    def process(self, service: Mapping[str, Any]) -> dict[str, Any]:
        """Return what ``subprocess`` needs to start a service in a fresh environment."""
        environment = {name: self._local(text) for name, text in service["environment"].items()}
        environment |= {
            "AIRFLOW_HOME": str(self.folder / "home"),
            "AIRFLOW__API__PORT": str(self.api_port),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self.health_port),
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        }
        command = [self._local(word) for word in service["command"]]
        return {"args": command, "env": environment, "cwd": self.folder, "start_new_session": True}

    @contextmanager
    def started(self, services: Services) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
        """Give the running processes, each started after those it depends on.

        At the end none of them, nor a child, is left.
        """
        running: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, service in services.items():
                for other in service["depends_on"].keys() & running.keys():
                    _wait_for(partial(self.is_healthy, services[other]), other, self.folder)
                with (self.folder / f"{name}.log").open("w") as log:
                    running[name] = subprocess.Popen(
                        **self.process(service), stdout=log, stderr=subprocess.STDOUT
                    )
            yield running
        finally:
            for process in running.values():
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def is_healthy(self, service: Mapping[str, Any]) -> bool:
        """Run the service's own health check."""
        kind, *words = service["healthcheck"]["test"]
        assert kind == "CMD"
        check = self.process({**service, "command": words})
        return subprocess.run(**check, capture_output=True, check=False).returncode == 0

    def ask(self, path: str, content: dict[str, str] | None = None, token: str = "") -> Any:
        """Return the API server's answer."""
        request = Request(
            f"http://127.0.0.1:{self.api_port}{path}",
            data=json.dumps(content).encode() if content else None,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urlopen(request, timeout=30) as response:  # noqa: S310 (our own server)
            return json.load(response)

    def has_succeeded(self, dag_id: str, token: str) -> bool:
        """Return whether the DAG's only run is over, and well."""
        runs = self.ask(f"/api/v2/dags/{dag_id}/dagRuns", token=token)["dag_runs"]
        return [run["state"] for run in runs] == ["success"]

    def _local(self, text: str) -> str:
        for there, here in self._instead.items():
            text = text.replace(there, here)
        return text


def _wait_for(reached: Callable[[], bool], what: str, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        if time.monotonic() > deadline:
            logs = {path.name: path.read_text()[-2000:] for path in folder.glob("*.log")}
            pytest.fail(
                f"{what}: nothing after {PATIENCE_SECONDS} s.\n{json.dumps(logs, indent=1)}"
            )
        time.sleep(2)  # asking starts a Python each time


def _arguments_of(sessions: set[int]) -> str:
    """Return the arguments of every process in these sessions, as any user could read them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError, FileNotFoundError):
            if os.getsid(int(folder.name)) in sessions:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return "\n".join(found)


def _address(database: postgres.Postgres, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={database.socket_folder}&port={database.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
