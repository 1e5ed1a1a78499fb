"""A whole Airflow on this machine, started, watched and ended by one process.

For the demo, the tests and `make up`: `airflow standalone` on SQLite and free ports, everything it
writes under `<home>/airflow` and `<home>/logs/airflow`. Not for production: SQLite, one password
in a file, and no HTTPS.

    with running(home, connections={"retail_crm": uri}, last_night=date(2018, 1, 1)) as airflow:
        airflow.unpause("load_warehouse")
        run_id = airflow.trigger("load_warehouse", {"as_of_date": "2017-12-31"})
        print(airflow.wait("load_warehouse", run_id).state)
"""

import argparse
import base64
import datetime as dt
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import psutil  # type: ignore[import-untyped]  # it ships no types

PROJECT = Path(__file__).resolve().parents[1]
USER = "admin"
FINISHED = frozenset({"success", "failed"})
# How often to ask how far Airflow is, and how long to ask again while it answers that it is busy.
PAUSE_SECONDS = 1
BUSY_SECONDS = 60
COMPONENTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")
# In the environment of every process we start, so that they are found again even if the file
# that names them is lost.
MARKER = "CUSTOMER_VALUE_AIRFLOW"
DAGS = ("backtest_lifetime_value", "load_warehouse", "refresh_dashboard", "rollback_warehouse")

T = TypeVar("T")


class AirflowLocalError(RuntimeError):
    """The local Airflow did not do what was asked; the message ends with what to look at."""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """How one task instance went; ``label`` tells mapped instances apart (empty otherwise)."""

    task_id: str
    map_index: int
    label: str
    state: str
    try_number: int
    started_at: dt.datetime | None
    seconds: float


@dataclass(frozen=True, slots=True)
class RunReport:
    """How one DAG run went. ``seconds`` runs from its first task's queueing to its end."""

    dag_id: str
    run_id: str
    state: str
    logical_date: dt.datetime | None
    seconds: float
    tasks: tuple[TaskReport, ...]

    def states(self) -> dict[str, str]:
        """Return the state of every task instance by name, mapped ones as ``task[label]``."""
        return {
            task.task_id + (f"[{task.label}]" if task.label else ""): task.state
            for task in self.tasks
        }

    def as_text(self) -> str:
        """Return a table for a person."""
        rows = [
            f"  {task.task_id:<20} {task.label:<14} {task.state:<16} try {task.try_number}"
            f" {task.seconds:7.1f} s"
            for task in self.tasks
        ]
        head = f"{self.dag_id} {self.run_id}: {self.state} after {self.seconds:.1f} s"
        return "\n".join([head, *rows])


class Airflow:
    """A running local Airflow: its address, its login, and what one can ask of it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.directory = home / "airflow"
        self._token = ""

    # What it is

    @property
    def url(self) -> str:
        return str(self._record()["url"])

    @property
    def pid(self) -> int:
        return int(self._record()["pid"])

    @property
    def password(self) -> str:
        return str(json.loads((self.directory / "passwords.json").read_text())[USER])

    @property
    def output(self) -> Path:
        """What `airflow standalone` printed since its last start."""
        return self.directory / "standalone.log"

    def processes(self) -> list[psutil.Process]:
        """Return every living process of this Airflow: its session's, and marked strays."""
        leader = None
        if (self.directory / "standalone.json").exists():
            record = self._record()
            leader, started = int(record["pid"]), float(record["created"])
            reused = psutil.pid_exists(leader) and abs(_created(leader) - started) > 1
            if reused or psutil.boot_time() > started:
                leader = None  # the number belongs to a stranger, so our session is empty
        return [
            process
            for process in psutil.process_iter()
            if process.pid != os.getpid()
            and (_session(process.pid) == leader or _marker(process) == str(self.directory))
            and _alive(process)
        ]

    def memory_bytes(self) -> int:
        """Return the memory of all its processes, pages that they share counted once (PSS)."""
        total = 0
        for process in self.processes():
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total

    # Waiting until it can be used

    def wait_healthy(self, timeout: float = 300) -> "Airflow":
        """Return when every component reports a heartbeat of this start."""

        def healthy() -> bool:
            if self.pid not in {process.pid for process in self.processes()}:
                raise AirflowLocalError(f"Airflow ended while starting.\n{self._last_words()}")
            try:
                health = self._call("GET", "/api/v2/monitor/health", authorised=False)
            except (OSError, AirflowLocalError):
                return False
            return all(self._beats(health, name) for name in COMPONENTS)

        _until(healthy, timeout, lambda: f"Airflow is not healthy.\n{self._last_words()}")
        # Tasks talk to an application inside the API server that is built at its first request,
        # for which the first task would wait 4 to 11 seconds.
        self._call("GET", "/execution/health", authorised=False)
        return self

    def wait_parsed(self, *dag_ids: str, timeout: float = 120) -> "Airflow":
        """Return when Airflow knows these DAGs; raises with the first import error there is."""

        def parsed() -> bool:
            errors = self._call("GET", "/api/v2/importErrors")["import_errors"]
            if errors:
                raise AirflowLocalError(f"{errors[0]['filename']}:\n{errors[0]['stack_trace']}")
            known = self._call("GET", "/api/v2/dags?limit=100")["dags"]
            return set(dag_ids) <= {dag["dag_id"] for dag in known}

        _until(parsed, timeout, lambda: f"{dag_ids} were not parsed.\n{self._last_words()}")
        return self

    # Doing things

    def unpause(self, dag_id: str) -> None:
        """Let a DAG run; refuses when its schedule would at once start a night nobody asked for."""
        dag = self._call("GET", f"/api/v2/dags/{dag_id}")
        due = _time(dag["next_dagrun_run_after"])
        if dag["is_paused"] and due is not None and due <= dt.datetime.now(dt.UTC):
            raise AirflowLocalError(
                f"Unpausing {dag_id} would at once start its night of {due:%Y-%m-%d %H:%M} UTC.\n"
                "  fix:   Start Airflow with last_night (--last-night) before that day."
            )
        self._call("PATCH", f"/api/v2/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})

    def trigger(
        self,
        dag_id: str,
        conf: Mapping[str, Any] | None = None,
        logical_date: dt.datetime | None = None,
        run_id: str | None = None,
    ) -> str:
        """Queue a run and return its id; ``conf`` fills the DAG's form."""
        body: dict[str, Any] = {"conf": dict(conf or {}), "logical_date": None}
        if logical_date is not None:
            body["logical_date"] = logical_date.isoformat()
        if run_id is not None:
            body["dag_run_id"] = run_id
        return str(self._call("POST", f"/api/v2/dags/{dag_id}/dagRuns", body)["dag_run_id"])

    def wait(self, dag_id: str, run_id: str, timeout: float = 900) -> RunReport:
        """Return the run when it has ended, well or badly."""

        def ended() -> RunReport | None:
            run = self._run(dag_id, run_id)
            return self.report(dag_id, run_id) if run["state"] in FINISHED else None

        def late() -> str:
            return f"Not finished after {timeout:g} s:\n{self.report(dag_id, run_id).as_text()}"

        return _until(ended, timeout, late)

    def report(self, dag_id: str, run_id: str) -> RunReport:
        """Return the run as it stands now, its tasks in the order they started."""
        run = self._run(dag_id, run_id)
        listed = self._call("GET", f"{_run_path(dag_id, run_id)}/taskInstances?limit=1000")
        instances = listed["task_instances"]
        tasks = [_task_report(task) for task in instances]
        never = dt.datetime.max.replace(tzinfo=dt.UTC)
        tasks.sort(key=lambda task: (task.started_at or never, task.task_id, task.map_index))
        starts = [time for task in instances if (time := _time(task["queued_when"]))]
        end = _time(run["end_date"]) or dt.datetime.now(dt.UTC)
        return RunReport(
            dag_id,
            run_id,
            run["state"],
            _time(run["logical_date"]),
            (end - min(starts)).total_seconds() if starts else 0.0,
            tuple(tasks),
        )

    def run_ids(self, dag_id: str) -> list[str]:
        """Return the ids of a DAG's runs, oldest first."""
        path = f"/api/v2/dags/{dag_id}/dagRuns?limit=1000&order_by=id"
        return [run["dag_run_id"] for run in self._call("GET", path)["dag_runs"]]

    def wait_started_by(self, dag_id: str, source_run_id: str, timeout: float = 300) -> RunReport:
        """Return the run of ``dag_id`` that an asset event of ``source_run_id`` started."""

        def started() -> str | None:
            for run_id in reversed(self.run_ids(dag_id)):
                if self._run(dag_id, run_id)["start_date"] is None:
                    continue  # Airflow 3.3.2 answers 500 about the events of a queued run
                path = f"{_run_path(dag_id, run_id)}/upstreamAssetEvents"
                events = self._call("GET", path)["asset_events"]
                if any(event["source_run_id"] == source_run_id for event in events):
                    return run_id
            return None

        late = f"{source_run_id} started no run of {dag_id} within {timeout:g} s."
        return self.wait(dag_id, _until(started, timeout, lambda: late), timeout)

    def backfill(
        self,
        dag_id: str,
        first: dt.datetime,
        last: dt.datetime,
        *,
        backwards: bool = False,
        again: bool = False,
        timeout: float = 1800,
    ) -> list[RunReport]:
        """Run every interval that *starts* from ``first`` to ``last``, one at a time.

        Returns the runs in the order they started. ``again`` also reruns those that succeeded.
        """
        body = {
            "dag_id": dag_id,
            "from_date": first.isoformat(),
            "to_date": last.isoformat(),
            "run_backwards": backwards,
            "max_active_runs": 1,
            "reprocess_behavior": "completed" if again else "failed",
        }
        backfill = self._call("POST", "/api/v2/backfills", body)["id"]

        def ended() -> list[RunReport]:
            path = f"/api/v2/dags/{dag_id}/dagRuns?limit=1000&order_by=start_date"
            runs = [
                run
                for run in self._call("GET", path)["dag_runs"]
                if run["run_type"] == "backfill"
                and first <= (_time(run["logical_date"]) or last) <= last
            ]
            done = self._call("GET", f"/api/v2/backfills/{backfill}")["completed_at"]
            if done is None or any(run["state"] not in FINISHED for run in runs):
                return []
            return [self.report(dag_id, run["dag_run_id"]) for run in runs]

        return _until(ended, timeout, lambda: f"Backfill {backfill} of {dag_id} did not end.")

    def end_unfinished_runs(self, *dag_ids: str) -> None:
        """Fail the runs that an earlier start left, which would hold up every later one."""
        for dag_id in dag_ids:
            for run_id in self.run_ids(dag_id):
                if self._run(dag_id, run_id)["state"] not in FINISHED:
                    self._call("PATCH", _run_path(dag_id, run_id), {"state": "failed"})

    def clear(self, dag_id: str, run_id: str, *, only_failed: bool = True) -> None:
        """Run a run's failed tasks (or all of them) again, under the same run id."""
        body = {"dry_run": False, "only_failed": only_failed}
        self._call("POST", f"{_run_path(dag_id, run_id)}/clear", body)

    def log(self, dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> str:
        """Return what the last try of a task wrote."""
        path = f"{_run_path(dag_id, run_id)}/taskInstances/{task_id}"
        place = f"{path}/{map_index}" if map_index >= 0 else path
        try_number = max(int(self._call("GET", place)["try_number"]), 1)
        query = urllib.parse.urlencode({"map_index": map_index, "full_content": "true"})
        answer = self._call("GET", f"{path}/logs/{try_number}?{query}")
        return "\n".join(_log_line(line) for line in answer["content"])

    def stop(self, patience: float = 30) -> None:
        """End every process of this Airflow; raises if one survives even SIGKILL."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 10.0)):
            deadline = time.monotonic() + seconds
            found = self.processes()
            for process in found:
                _signal(process, number)
            while found and time.monotonic() < deadline:
                psutil.wait_procs(found, timeout=0.2)
                found = self.processes()
            if not found:
                (self.directory / "standalone.json").unlink(missing_ok=True)
                return
        names = ", ".join(f"{process.pid}" for process in self.processes())
        raise AirflowLocalError(f"Airflow processes survived SIGKILL: {names}")

    # Talking to it

    def _record(self) -> dict[str, Any]:
        try:
            record: dict[str, Any] = json.loads((self.directory / "standalone.json").read_text())
        except FileNotFoundError:
            raise AirflowLocalError(
                f"No Airflow runs for {self.home}.\n  fix:   Run: make up"
            ) from None
        return record

    def _last_words(self) -> str:
        lines = self.output.read_text(errors="replace").splitlines() if self.output.exists() else []
        return "\n".join([f"The last lines of {self.output}:", *lines[-25:]])

    def _beats(self, health: Mapping[str, Any], name: str) -> bool:
        state = health.get(name) or {}
        beat = _time(state.get(f"latest_{name}_heartbeat"))
        fresh = beat is None or beat.timestamp() >= float(self._record()["created"])
        alive = name == "metadatabase" or beat is not None
        return bool(state.get("status") == "healthy" and fresh and alive)

    def _run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        return self._call("GET", _run_path(dag_id, run_id))

    def _call(
        self, method: str, path: str, body: object = None, *, authorised: bool = True
    ) -> dict[str, Any]:
        """Return Airflow's answer; a refusal becomes an error with Airflow's own words."""
        address = self.url + path
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if authorised:
            if not self._token:
                login = {"username": USER, "password": self.password}
                answer = self._call("POST", "/auth/token", login, authorised=False)
                self._token = str(answer["access_token"])
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  (always our own http address)
            address, data, headers, method=method
        )
        # An empty handler: a proxy of the environment must not get between us and this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with opener.open(request, timeout=60) as response:
                    return json.loads(response.read() or b"{}")  # type: ignore[no-any-return]
            except urllib.error.HTTPError as error:
                words = error.read().decode(errors="replace")
                # Nothing was done: the scheduler was writing to SQLite at that moment.
                if error.code == HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < deadline:
                    time.sleep(PAUSE_SECONDS)
                    continue
                raise AirflowLocalError(f"{method} {path}: {error.code} {words}") from None


def start(
    home: Path,
    *,
    connections: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    last_night: dt.date | None = None,
    port: int | None = None,
    project: Path = PROJECT,
) -> Airflow:
    """Start Airflow for ``home`` and return at once; whatever an earlier start left is ended.

    :param connections: connection ids and their URIs.
    :param environment: further variables for every component and task.
    :param last_night: after this day the schedule starts no night by itself.
    :param port: the port of the API and UI on 127.0.0.1; a free one if not given.
    """
    airflow = Airflow(home.absolute())
    airflow.directory.mkdir(parents=True, exist_ok=True)
    with (airflow.directory / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        airflow.stop(patience=10)
        ports = _free_ports(3)
        ports[0] = port or ports[0]
        variables = os.environ | _airflow_environment(airflow, project, ports)
        variables |= {
            f"AIRFLOW_CONN_{name.upper()}": uri for name, uri in (connections or {}).items()
        }
        if last_night is not None:
            variables["CUSTOMER_VALUE_LAST_NIGHT"] = last_night.isoformat()
        variables |= environment or {}
        with airflow.output.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "airflow", "standalone"],
                env=variables,
                cwd=airflow.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                close_fds=True,
            )
        _write_private(
            airflow.directory / "standalone.json",
            {
                "pid": process.pid,
                "created": _created(process.pid),
                "url": f"http://127.0.0.1:{ports[0]}",
            },
        )
    return airflow


@contextmanager
def running(
    home: Path,
    *,
    connections: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    last_night: dt.date | None = None,
    project: Path = PROJECT,
) -> Iterator[Airflow]:
    """Start Airflow, wait until it knows our DAGs, and end it however the block is left."""
    with ExitStack() as cleanup:
        cleanup.enter_context(_leaving_at_sigterm())
        cleanup.callback(Airflow(home.absolute()).stop)
        airflow = start(
            home,
            connections=connections,
            environment=environment,
            last_night=last_night,
            project=project,
        )
        airflow.wait_healthy().wait_parsed(*DAGS)
        airflow.end_unfinished_runs(*DAGS)
        yield airflow


@contextmanager
def _leaving_at_sigterm() -> Iterator[None]:
    """Let SIGTERM leave the block as Ctrl-C does, so that nothing it started stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _airflow_environment(airflow: Airflow, project: Path, ports: list[int]) -> dict[str, str]:
    keys = _install_secrets(airflow.directory)
    logs = airflow.home / "logs" / "airflow"
    url = f"http://127.0.0.1:{ports[0]}"
    loopback = "127.0.0.1,localhost"
    return {
        MARKER: str(airflow.directory),
        "CUSTOMER_VALUE_HOME": str(airflow.home),
        "CUSTOMER_VALUE_PROJECT": str(project),
        "CUSTOMER_VALUE_PSEUDONYM_KEY": keys["pseudonym_key"],
        # The components start each other by name, and must find this environment's `airflow`.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "NO_PROXY": f"{os.environ.get('NO_PROXY', '')},{loopback}".lstrip(","),
        "no_proxy": f"{os.environ.get('no_proxy', '')},{loopback}".lstrip(","),
        # A task that finds the writer lock taken waits a minute before it fails or is tried again.
        "CUSTOMER_VALUE_LOCK_WAIT_SECONDS": "60",
        "SPT_NOENV": "1",  # or process titles overwrite the environment that holds our marker
        "DO_NOT_TRACK": "1",
        "SCARF_ANALYTICS": "false",
        "AIRFLOW_HOME": str(airflow.directory),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(project / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(project / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__FERNET_KEY": keys["fernet_key"],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple"
        ".simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(
            airflow.directory / "passwords.json"
        ),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow.directory / 'airflow.db'}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(ports[0]),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": keys["api_secret"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt_secret"],
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(logs),
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(logs / "dag_processor"),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(ports[1]),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(ports[2]),
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # Nobody edits a DAG of a local Airflow while it runs; each parsing costs half a second.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        # Looking for what is to do each second takes an eighth of a core; the tasks need them all.
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "2",
        # The first task of a cold API server waits longer than the default allows.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        # A run that a killed start left behind holds the DAG until its task is declared dead.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
    }


def pseudonym_key(home: Path) -> str:
    """Return the key of pseudonyms that the local Airflow below ``home`` loads with."""
    return _install_secrets(Airflow(home.absolute()).directory)["pseudonym_key"]


def _install_secrets(directory: Path) -> dict[str, str]:
    """Return this install's keys; the first call makes them and the login's password."""
    file = directory / "secrets.json"
    if not file.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _write_private(directory / "passwords.json", {USER: secrets.token_urlsafe(12)})
        _write_private(
            file,
            {
                "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
                "api_secret": secrets.token_urlsafe(64),
                "jwt_secret": secrets.token_urlsafe(64),
                "pseudonym_key": secrets.token_hex(32),
            },
        )
    keys: dict[str, str] = json.loads(file.read_text())
    return keys


def _write_private(path: Path, content: object) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(json.dumps(content) + "\n")
    temporary.replace(path)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def _until(check: Callable[[], T | None], timeout: float, late: Callable[[], str]) -> T:
    """Return the first answer of ``check`` that is not empty."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if answer := check():
            return answer
        time.sleep(PAUSE_SECONDS)
    raise AirflowLocalError(late())


def _created(pid: int) -> float:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def _alive(process: psutil.Process) -> bool:
    """Return whether it runs; one that only waits to be collected by its parent does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return -1


def _marker(process: psutil.Process) -> str:
    try:
        return str(process.environ().get(MARKER, ""))
    except psutil.Error:
        return ""


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _run_path(dag_id: str, run_id: str) -> str:
    return f"/api/v2/dags/{dag_id}/dagRuns/{urllib.parse.quote(run_id, safe='')}"


def _time(text: object) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if isinstance(text, str) else None


def _task_report(task: Mapping[str, Any]) -> TaskReport:
    index = int(task["map_index"])
    label = task["rendered_map_index"] or (str(index) if index >= 0 else "")
    return TaskReport(
        task_id=task["task_id"],
        map_index=index,
        label=label,
        state=task["state"] or "none",
        try_number=int(task["try_number"]),
        started_at=_time(task["start_date"]),
        seconds=float(task["duration"] or 0.0),
    )


def _log_line(line: object) -> str:
    """Return one line of a task's log, with the error's words if it carries an error."""
    if not isinstance(line, dict):
        return str(line)
    errors = line.get("error_detail") or []
    words = [f"{error['exc_type']}: {error['exc_value']}" for error in errors]
    return "\n".join([str(line.get("event", "")), *words])


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.airflow_local", description=__doc__)
    default = Path(os.environ.get("CUSTOMER_VALUE_HOME", PROJECT / "var"))
    parser.add_argument("--home", type=Path, default=default, help="the warehouse's data root")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start Airflow and say where it is")
    up.add_argument("--port", type=int, help="port of the UI (a free one)")
    up.add_argument("--last-night", type=dt.date.fromisoformat, help="schedule nothing after it")
    commands.add_parser("down", help="end Airflow and all its tasks")
    commands.add_parser("status", help="say where Airflow is, and what the DAGs last did")
    trigger = commands.add_parser("trigger", help="run a DAG and wait for it")
    trigger.add_argument("dag_id")
    trigger.add_argument("--conf", type=json.loads, default={}, help="the form, as JSON")
    trigger.add_argument("--logical-date", type=dt.datetime.fromisoformat)
    options = parser.parse_args(arguments)
    airflow = Airflow(options.home.absolute())
    try:
        if options.command == "up":
            return _up(airflow, options.port, options.last_night)
        if options.command == "down":
            airflow.stop()
            print(f"No Airflow runs for {airflow.home}.")
            return 0
        if options.command == "status":
            return _status(airflow)
        return _trigger(airflow, options.dag_id, options.conf, options.logical_date)
    except AirflowLocalError as error:
        print(error, file=sys.stderr)
        return 1


def _up(airflow: Airflow, port: int | None, last_night: dt.date | None) -> int:
    started = time.monotonic()
    if not airflow.processes():
        start(airflow.home, port=port, last_night=last_night)
    airflow.wait_healthy().wait_parsed(*DAGS)
    print(f"Airflow is ready after {time.monotonic() - started:.0f} s.")
    return _status(airflow)


def _status(airflow: Airflow) -> int:
    if not airflow.processes():
        print(f"No Airflow runs for {airflow.home}.")
        return 1
    print(f"{airflow.url}   login {USER}, password {airflow.password}")
    print(f"log: {airflow.output}")
    for dag_id in DAGS:
        for run_id in airflow.run_ids(dag_id)[-1:]:
            print(airflow.report(dag_id, run_id).as_text())
    return 0


def _trigger(
    airflow: Airflow, dag_id: str, conf: Mapping[str, Any], logical_date: dt.datetime | None
) -> int:
    airflow.unpause(dag_id)
    report = airflow.wait(dag_id, airflow.trigger(dag_id, conf, logical_date))
    print(report.as_text())
    return 0 if report.state == "success" else 1


if __name__ == "__main__":
    sys.exit(main())
