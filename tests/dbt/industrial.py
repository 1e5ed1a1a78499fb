"""The simulated unit as landed on one night, and its warehouse, beside what was planted in it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from customer_value.settings import PROJECT
from customer_value.sources.contract import load_systems

from demo.industrial import truth
from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.world import World, simulate
from tests.dbt.building import Workshop, write_landing
from tests.pruned import prune_project

AS_OF = dt.date(2018, 1, 1)
# The folders of the marts that only this unit can answer.
DOMAINS = ("customers", "loyalty", "experience", "key_accounts")
# What a reader needs beside them to read one account's page.
EXPLAINING = frozenset({"dim_labels", "dim_business_units"})
# A world on which no weight and no threshold of a seed was set.
UNSEEN_SEED = 2


@dataclass(frozen=True)
class Planted:
    """A warehouse, and the truths that its pipeline never saw, attached as ``truth``."""

    folder: Path

    @property
    def parameters(self) -> Parameters:
        return Parameters(seed=UNSEEN_SEED)

    @property
    def database(self) -> Path:
        return self.folder / "warehouse.duckdb"

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute(f"attach '{self.folder / 'truths.duckdb'}' as truth (read_only)")
            yield connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            return connection.execute(sql).fetchall()


def build_planted(planted: Planted) -> None:
    """Build the marts of ``DOMAINS``, and what they need, from a world of an unseen seed."""
    folder, world = planted.folder, simulate(planted.parameters)
    build_warehouse(folder, world, EXPLAINING | marts_of(*DOMAINS), AS_OF)
    with duckdb.connect(str(folder / "truths.duckdb")) as connection:
        for name, table in truth.truths(world, AS_OF).items():
            connection.register("planted", table)
            connection.execute(f"create table {name} as from planted")
            connection.unregister("planted")


def marts_of(*domains: str) -> frozenset[str]:
    """Return the marts of some folders."""
    folders = [PROJECT / "dbt_project" / "models" / "marts" / domain for domain in domains]
    return frozenset(path.stem for folder in folders for path in folder.glob("*.sql"))


def build_warehouse(folder: Path, world: World, marts: frozenset[str], as_of: dt.date) -> Path:
    """Build some marts, and what they need, as of a morning from all that was there the evening."""
    project = prune_project(folder / "project", marts, ("retail", "industrial"))
    workshop = Workshop(folder, project)
    write_landing(workshop.database, [])
    with duckdb.connect(str(workshop.database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        _land(connection, world, as_of)
    workshop.build_landed(folder / "warehouse.duckdb", as_of)
    return folder / "warehouse.duckdb"


def _land(connection: duckdb.DuckDBPyConnection, world: World, as_of: dt.date) -> None:
    """Fill the landing schemas with the last evening's state, each table in one batch.

    An id of a person stands for its own pseudonym.
    """
    systems = load_systems(PROJECT / "dags" / "sources").values()
    for system in systems:
        if system.unit != "industrial":
            continue
        for name, table in system.tables.items():
            rows = state(world, name, as_of - dt.timedelta(days=1))
            lists_keys = table.delivery != "once"
            connection.register("evening", rows)
            for suffix in ("", "__keys") if lists_keys else ("",):
                _fill(connection, f"{system.landing_schema}.{name}{suffix}", as_of)
            connection.unregister("evening")
            connection.execute(
                "insert into landing.batches values (?, ?, 1, 'run', ?, 'complete', ?, ?, ?, 0, 0)",
                [system.name, name, as_of, lists_keys, rows.num_rows, rows.num_rows],
            )


def _fill(connection: duckdb.DuckDBPyConnection, view: str, as_of: dt.date) -> None:
    """Let a view of the landing hold the rows of ``evening``, in the types it promises."""
    metadata = {
        "_batch_sequence": "1",
        "_observed_date": f"date '{as_of}'",
        "_source_file": "null",
        "_source_row": "1",
        "_row_hash": "0",
    }
    columns = connection.execute(f"describe {view}").fetchall()
    chosen = ", ".join(
        f"cast({metadata.get(column, column)} as {kind}) as {column}"
        for column, kind, *_ in columns
    )
    connection.execute(f"create table {view}_rows as select {chosen} from evening")
    connection.execute(f"create or replace view {view} as from {view}_rows")


def numbers(known: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """Return the only row of a query."""
    row = known.execute(sql).fetchone()
    assert row is not None
    return row


def differences(known: duckdb.DuckDBPyConnection, found: str, planted: str) -> list[Any]:
    """Return the rows that one of two queries has and the other has not."""
    assert numbers(known, f"select count(*) from ({planted})")[0] > 0
    return known.execute(
        f"(({found}) except all ({planted})) union all (({planted}) except all ({found}))"
    ).fetchall()
