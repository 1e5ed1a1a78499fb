"""The private file dbt builds in: new for each build, over batches checked byte by byte."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from customer_value import durable
from customer_value.errors import PublishRefusedError
from customer_value.failpoints import failpoint
from customer_value.landing.batch import Batch, LandedTable
from customer_value.landing.compaction import Files, compact
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import System, Table, load_systems
from customer_value.sql import connect_scratch, identifier, literals
from customer_value.warehouse.versions import Versions

METADATA = {
    "_batch_sequence": "bigint",
    "_observed_date": "date",
    "_source_file": "varchar",
    "_source_row": "bigint",
    "_row_hash": "bigint",
}
KEYS_METADATA = {"_batch_sequence": "bigint", "_observed_date": "date"}
BATCHES = """
create or replace table landing.batches (
    system varchar, table_name varchar, batch_sequence bigint, run_id varchar, observed_date date,
    kind varchar, has_keys boolean, rows_in bigint, rows_landed bigint, rows_duplicate bigint,
    rows_quarantined bigint
)"""
QUARANTINED = """
create or replace table landing.quarantined_rows (
    system varchar, table_name varchar, batch_sequence bigint, rule varchar, column_name varchar,
    rows bigint
)"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What this run is building, and what it was built on.

    ``fence`` is a number that only grows; it becomes the version's name. ``base`` is the version
    that was live when the build began: publishing onto another one is refused.
    """

    run: Run
    fence: int
    base: str | None
    batches: tuple[str, ...]
    code: str

    @property
    def version_name(self) -> str:
        return f"{self.fence:06d}"

    @property
    def database(self) -> Path:
        return self.run.build_directory / "candidate.duckdb"

    @property
    def sealed(self) -> Path:
        return self.run.build_directory / "sealed"


def create_candidate(run: Run) -> Candidate:
    """Return a new, empty candidate over all accepted batches. Call it under the writer lock."""
    versions = Versions(run.settings)
    versions.recover_moves()
    live = versions.live()
    shutil.rmtree(run.build_directory, ignore_errors=True)
    run.build_directory.mkdir(parents=True, mode=0o700)
    landed = _accepted(run.settings)
    candidate = Candidate(
        run,
        fence=_next_fence(run.settings),
        base=live.name if live else None,
        batches=tuple(batch.label for _, _, batches in landed for batch in batches),
        code=code_fingerprint(run.settings),
    )
    connection = connect_scratch(
        run.settings, candidate.database, scratch=run.build_directory / "spill"
    )
    try:
        attach_landing(connection, landed)
    finally:
        connection.close()
    durable.write_json(
        run.build_directory / "candidate.json",
        {
            "fence": candidate.fence,
            "base": candidate.base,
            "batches": candidate.batches,
            "code": candidate.code,
        },
    )
    failpoint("build.landing_attached")
    return candidate


def load_candidate(run: Run, *, to_build: bool = False) -> Candidate:
    """Return the candidate an earlier step of this run created; ``to_build`` needs its file too.

    Raises ``PublishRefusedError`` when there is none, or when the code changed since.
    """
    path = run.build_directory / "candidate.json"
    database = run.build_directory / "candidate.duckdb"
    if not path.exists() or (to_build and not database.exists()):
        raise PublishRefusedError(
            f"Run {run.run_id} has no candidate to go on with.",
            where=str(path),
            fix="Run build_history again (in Airflow: clear it with all tasks after it).",
        )
    stored = durable.read_json(path)
    candidate = Candidate(
        run, stored["fence"], stored["base"], tuple(stored["batches"]), stored["code"]
    )
    now = code_fingerprint(run.settings)
    if now != candidate.code:
        raise PublishRefusedError(
            f"The code changed while run {run.run_id} was building "
            f"({candidate.code[:12]} then, {now[:12]} now): half of each would be published.",
            where=str(run.settings.project),
            fix="Run build_history again (in Airflow: clear it with all tasks after it).",
        )
    return candidate


def attach_landing(
    connection: duckdb.DuckDBPyConnection, landed: list[tuple[System, Table, list[Batch]]]
) -> None:
    """Create the views over landed files and the two tables that describe the batches.

    Raises ``LandingError`` for a file that is not byte for byte what was landed.
    """
    connection.execute("create schema if not exists landing")
    connection.execute(BATCHES)
    connection.execute(QUARANTINED)
    for system, table, batches in landed:
        connection.execute(f"create schema if not exists {identifier(system.landing_schema)}")
        for name, query in _views(table, compact(connection, batches)).items():
            view = f"{identifier(system.landing_schema)}.{identifier(name)}"
            connection.execute(f"create or replace view {view} as {query}")
    batches = [batch for _, _, batches in landed for batch in batches]
    _insert(connection, "landing.batches", [_batch_row(batch) for batch in batches])
    _insert(
        connection,
        "landing.quarantined_rows",
        [
            (*_batch_row(batch)[:3], entry["rule"], entry["column"], entry["rows"])
            for batch in batches
            for entry in batch.manifest["quarantine"]
        ],
    )


def _batch_row(batch: Batch) -> tuple[Any, ...]:
    manifest = batch.manifest
    return (
        manifest["system"],
        manifest["table"],
        batch.sequence,
        batch.run_id,
        batch.observed_date,
        manifest["kind"],
        batch.keys is not None,
        manifest["rows_in"],
        manifest["rows_landed"],
        manifest["rows_duplicate"],
        manifest["rows_quarantined"],
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {table} values ({marks})", rows)


def _views(table: Table, files: Files) -> dict[str, str]:
    types = table.landed | METADATA
    key_types = {name: table.landed[name] for name in table.key} | KEYS_METADATA
    return {
        table.name: _view(files.data, types),
        f"{table.name}__keys": _view(files.keys, key_types),
    }


def _view(files: Sequence[Path], types: dict[str, str]) -> str:
    """Return a query for all rows of ``files`` in today's column types."""
    if not files:
        nothing = (f"cast(null as {kind}) as {identifier(name)}" for name, kind in types.items())
        return f"select {', '.join(nothing)} where false"
    cast = (
        f"cast({identifier(name)} as {kind}) as {identifier(name)}" for name, kind in types.items()
    )
    return f"select {', '.join(cast)} from read_parquet({literals(files)}, union_by_name = true)"


def _accepted(settings: Settings) -> list[tuple[System, Table, list[Batch]]]:
    return [
        (system, table, LandedTable(settings.landing, system.name, table.name).accepted())
        for system in load_systems(settings.sources).values()
        for table in system.tables.values()
    ]


def _next_fence(settings: Settings) -> int:
    """Return a number greater than any handed out before; the file survives lost versions."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    path = settings.warehouse / "fence"
    stored = int(path.read_text(encoding="utf-8")) if path.exists() else 0
    newest = max((int(version.name) for version in Versions(settings).all()), default=0)
    fence = max(stored, newest) + 1
    durable.write_text(path, f"{fence}\n")
    return fence


def code_fingerprint(settings: Settings) -> str:
    """Return one hash over everything that decides the content: models, contracts, suites."""
    digest = hashlib.sha256()
    for folder, pattern in (
        ("dbt_project", "models/**/*"),
        ("dbt_project", "macros/**/*"),
        ("dbt_project", "seeds/**/*"),
        ("dbt_project", "tests/**/*"),
        ("dbt_project", "dbt_project.yml"),
        ("dags/sources", "*.yml"),
        ("expectations", "**/*.py"),
        ("plugins", "customer_value/**/*.py"),
    ):
        root = settings.project / folder
        for path in sorted(root.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(settings.project)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
