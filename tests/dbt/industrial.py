"""The simulated unit as landed on one night, and its warehouse, beside what was planted in it."""

import datetime as dt
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
DOMAINS = ("customers", "loyalty")


@dataclass(frozen=True)
class Planted:
    """A warehouse, and the truths that its pipeline never saw, attached as ``truth``."""

    database: Path
    truths: Path
    parameters: Parameters

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute(f"attach '{self.truths}' as truth (read_only)")
            return connection.execute(sql).fetchall()


def build_planted(folder: Path) -> Planted:
    """Build the marts of ``DOMAINS``, and what they need, from the default world."""
    marts = {
        path.stem
        for domain in DOMAINS
        for path in (PROJECT / "dbt_project" / "models" / "marts" / domain).glob("*.sql")
    }
    project = prune_project(folder / "project", frozenset(marts), ("retail", "industrial"))
    workshop = Workshop(folder, project / "dbt_project")
    world = simulate()
    write_landing(workshop.database, [])
    with duckdb.connect(str(workshop.database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        _land(connection, world)
    database = folder / "warehouse.duckdb"
    workshop.build_landed(database, AS_OF)
    truths = folder / "truths.duckdb"
    with duckdb.connect(str(truths)) as connection:
        for name, table in truth.truths(world, AS_OF).items():
            connection.register("planted", table)
            connection.execute(f"create table {name} as from planted")
            connection.unregister("planted")
    return Planted(database, truths, world.parameters)


def _land(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    """Fill the landing schemas with the last evening's state, each table in one batch.

    An id of a person stands for its own pseudonym.
    """
    systems = load_systems(PROJECT / "dags" / "sources").values()
    for system in systems:
        if system.unit != "industrial":
            continue
        for name, table in system.tables.items():
            rows = state(world, name, AS_OF - dt.timedelta(days=1))
            lists_keys = table.delivery != "once"
            connection.register("evening", rows)
            for suffix in ("", "__keys") if lists_keys else ("",):
                _fill(connection, f"{system.landing_schema}.{name}{suffix}")
            connection.unregister("evening")
            connection.execute(
                "insert into landing.batches values (?, ?, 1, 'run', ?, 'complete', ?, ?, ?, 0, 0)",
                [system.name, name, AS_OF, lists_keys, rows.num_rows, rows.num_rows],
            )


def _fill(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """Let a view of the landing hold the rows of ``evening``, in the types it promises."""
    metadata = {
        "_batch_sequence": "1",
        "_observed_date": f"date '{AS_OF}'",
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
