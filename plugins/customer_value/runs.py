"""The ledger: one folder a run, one small file a step, written whether the step passed or not."""

import datetime as dt
import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from customer_value import durable
from customer_value.errors import CustomerValueError
from customer_value.settings import Settings

RUN_ID = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-z]{8}$")


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt to bring the warehouse to ``as_of_date``.

    ``as_of_date`` closes every window and is itself outside: the load of the night after
    1 March has ``as_of_date`` 2 March.
    """

    run_id: str
    as_of_date: dt.date
    settings: Settings

    @classmethod
    def named(cls, name: str, as_of_date: dt.date, settings: Settings) -> "Run":
        """Return the run that a name (an Airflow run id) stands for, the same each time."""
        suffix = hashlib.sha256(name.encode()).hexdigest()[:8]
        return cls(f"{as_of_date:%Y-%m-%d}-{suffix}", as_of_date, settings)

    @property
    def directory(self) -> Path:
        return self.settings.runs / self.run_id

    @property
    def build_directory(self) -> Path:
        """Scratch space of this run; nobody else opens what is inside."""
        return self.settings.build / self.run_id

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """Record how a step went; put its results into the dictionary this yields.

        The file ``steps/<name>.json`` holds the status, the seconds, the results and, after a
        failure, the error's four parts.
        """
        # Owner and group only: what lies below is business data.
        self.settings.home.mkdir(mode=0o750, parents=True, exist_ok=True)
        steps = self.directory / "steps"
        steps.mkdir(parents=True, exist_ok=True)
        record: dict[str, Any] = {"step": name, "run_id": self.run_id, "status": "running"}
        record["as_of_date"] = self.as_of_date.isoformat()
        record["started_at_utc"] = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        result: dict[str, Any] = {}
        started = time.monotonic()
        durable.write_json(steps / f"{name}.json", record | {"seconds": 0.0})
        try:
            yield result
        except BaseException as error:
            record |= {"status": "failed", "result": result}
            if isinstance(error, CustomerValueError):
                record |= error.as_record()
            else:
                record |= {"error": type(error).__name__, "kind": "bug"}
            record["seconds"] = round(time.monotonic() - started, 2)
            # A disk too full for the record must not hide the error that says so.
            with suppress(OSError):
                durable.write_json(steps / f"{name}.json", record)
            raise
        record |= {"status": "done", "result": result}
        record["seconds"] = round(time.monotonic() - started, 2)
        durable.write_json(steps / f"{name}.json", record)

    def steps(self) -> list[dict[str, Any]]:
        """Return the recorded steps in the order they started."""
        files = (self.directory / "steps").glob("*.json")
        return sorted((durable.read_json(file) for file in files), key=_by_start)


def run_ids(settings: Settings) -> list[str]:
    """Return the runs in the ledger, the one that wrote last at the end."""
    found = [path for path in settings.runs.glob("*") if RUN_ID.match(path.name)]
    return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime)]


def runs_named(name: str, settings: Settings) -> list[Run]:
    """Return the recorded runs that a name stands for: one for each day it was to load."""
    days = sorted({dt.date.fromisoformat(run_id[:10]) for run_id in run_ids(settings)})
    runs = [Run.named(name, day, settings) for day in days]
    return [run for run in runs if run.directory.is_dir()]


def _by_start(step: dict[str, Any]) -> tuple[str, str]:
    return step["started_at_utc"], step["step"]
