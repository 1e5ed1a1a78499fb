"""A landing zone made by hand, and dbt run on it in a process of its own."""

import datetime as dt
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from customer_value import durable
from customer_value.settings import PROJECT
from customer_value.sources.contract import Table, load_systems
from customer_value.warehouse.candidate import attach_landing

DBT_PROJECT = PROJECT / "dbt_project"
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
    content = [row.get(name) for name in table.columns if name != table.cursor]
    return int.from_bytes(hashlib.sha256(repr(content).encode()).digest()[:7])


def write_landing(database: Path, batches: list[Batch]) -> None:
    """Create the landing schemas of a candidate and fill them, numbering each table's batches."""
    systems = load_systems(PROJECT / "dags" / "sources")
    tables = [(system, table) for system in systems.values() for table in system.tables.values()]
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        attach_landing(connection, [(system, table, []) for system, table in tables])
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
            values = (row.get(column) for column in table.columns)
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


def run_dbt(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dbt on a candidate; its target folder stands beside the file."""
    target = database.parent / "target"
    command = [
        *(sys.executable, "-m", "dbt.cli.main", *arguments),
        *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
        *("--target-path", str(target), "--log-path", str(database.parent / "logs")),
        *("--no-use-colors", "--no-version-check"),
    ]
    environment = os.environ | {
        "CUSTOMER_VALUE_CANDIDATE": str(database),
        "CUSTOMER_VALUE_THREADS": "2",
        "CUSTOMER_VALUE_MEMORY_LIMIT": "1GB",
        "DO_NOT_TRACK": "1",
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def build(database: Path, as_of_date: dt.date, *options: str) -> dict[str, str]:
    """Run ``dbt build`` and return the status of every node; fails the test with dbt's words."""
    finished = run_dbt(
        database, "build", "--vars", f"{{as_of_date: '{as_of_date.isoformat()}'}}", *options
    )
    assert finished.returncode == 0, finished.stdout[-6000:]
    results = durable.read_json(database.parent / "target" / "run_results.json")["results"]
    return {node["unique_id"]: node["status"] for node in results}


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()
