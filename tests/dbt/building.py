"""A landing zone made by hand, and dbt run on it in a process of its own."""

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from customer_value import durable
from customer_value.prediction.step import create_tables
from customer_value.settings import PROJECT
from customer_value.sources.contract import Table, load_systems
from customer_value.transform.build import LINK
from customer_value.warehouse.candidate import attach_landing

from tests import parsed, warm

DBT_PROJECT = PROJECT / "dbt_project"
AS_OF_DATE = dt.date(2017, 3, 16)
Row = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """One landed batch. ``listing`` holds the keys the source listed; None means it listed none."""

    system: str
    table: str
    observed_date: dt.date
    rows: list[Row] = field(default_factory=list)
    source_file: str | None = None
    listing: list[tuple[Any, ...]] | None = None


def row_hash(table: Table, row: Row) -> int:
    """Return a hash of the row's content without its cursor, as landing writes it."""
    content = [row.get(name) for name in table.landed if name != table.cursor]
    return int.from_bytes(hashlib.sha256(repr(content).encode()).digest()[:7])


def write_landing(database: Path, batches: list[Batch]) -> None:
    """Create the landing schemas of a candidate and fill them, numbering each table's batches."""
    systems = load_systems(PROJECT / "dags" / "sources")
    tables = [(system, table) for system in systems.values() for table in system.tables.values()]
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        attach_landing(connection, [(system, table, []) for system, table in tables])
        create_tables(connection)  # nothing is predicted
        for system, table in tables:
            own = [b for b in batches if (b.system, b.table) == (system.name, table.name)]
            _fill(connection, f"{system.landing_schema}.{table.name}", table, own)


def _fill(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, batches: list[Batch]
) -> None:
    rows: list[tuple[Any, ...]] = []
    keys: list[tuple[Any, ...]] = []
    for sequence, batch in enumerate(batches, start=1):
        origin = (sequence, batch.observed_date, batch.source_file)
        for number, row in enumerate(batch.rows, start=1):
            values = (row.get(column) for column in table.landed)
            rows.append((*values, *origin, number, row_hash(table, row)))
        keys.extend((*key, sequence, batch.observed_date) for key in batch.listing or [])
        has_keys, count = batch.listing is not None, len(batch.rows)
        connection.execute(
            "insert into landing.batches values (?, ?, ?, 'run', ?, 'changes', ?, ?, ?, 0, 0)",
            [batch.system, batch.table, sequence, batch.observed_date, has_keys, count, count],
        )
    for view, content in ((name, rows), (f"{name}__keys", keys)):
        if content:
            connection.execute(f"create table filled as from {view}")
            marks = ", ".join("?" for _ in content[0])
            connection.executemany(f"insert into filled values ({marks})", content)
            connection.execute(f"create table {view}_rows as from filled")
            connection.execute(f"create or replace view {view} as from {view}_rows")
            connection.execute("drop table filled")


class Workshop:
    """Where dbt builds, one warehouse after the other.

    The file's place is always the same, so that dbt, which takes ten times longer to read the
    project than to build a warehouse of a few rows, reads it once.
    """

    def __init__(self, folder: Path, project: Path = PROJECT) -> None:
        self.folder = folder
        self.project = project
        self.database = folder / LINK / "candidate.duckdb"
        self.database.parent.mkdir(parents=True)
        self.target = folder / "target"

    def build(self, batches: list[Batch], finished: Path, *options: str) -> dict[str, str]:
        """Build a warehouse from ``batches``, move it to ``finished``, return each node's status.

        Fails the test with dbt's own words.
        """
        write_landing(self.database, batches)
        return self.build_landed(finished, AS_OF_DATE, *options)

    def build_landed(self, finished: Path, as_of: dt.date, *options: str) -> dict[str, str]:
        """Build a warehouse from what the file's landing schemas hold, as ``build`` does."""
        outcome = self.folder / "results.json"
        command = [
            *(warm.python(), "-m", "tests.dbt.light", str(outcome), "build"),
            *("--project-dir", str(self.project / "dbt_project")),
            *("--profiles-dir", str(self.project / "dbt_project")),
            *("--target-path", str(self.target), "--log-path", str(self.folder / "logs")),
            *("--no-use-colors", "--no-version-check"),
            *options,
        ]
        environment = (
            os.environ
            | parsed.LIMITS
            | {
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                "CUSTOMER_VALUE_AS_OF_DATE": as_of.isoformat(),
                "CUSTOMER_VALUE_CANDIDATE": str(self.database.relative_to(self.folder)),
                "DO_NOT_TRACK": "1",
            }
        )
        with parsed.lent(self.project, self.target):
            ran = subprocess.run(
                command,
                env=environment,
                cwd=self.folder,
                capture_output=True,
                text=True,
                check=False,
            )
        shutil.move(self.database, finished)
        assert ran.returncode == 0, ran.stdout.rpartition("Completed with")[2][-6000:]
        return {node["unique_id"]: node["status"] for node in durable.read_json(outcome)}

    @property
    def manifest(self) -> Any:
        """dbt's ``Manifest``: what it knows of the project."""
        from dbt.contracts.graph.manifest import Manifest  # takes seconds

        return Manifest.from_msgpack((self.target / "partial_parse.msgpack").read_bytes())


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()
