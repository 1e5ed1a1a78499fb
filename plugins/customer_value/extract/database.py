"""Extract the tables of one database from one snapshot, losing nothing.

The lower bound is the last accepted watermark less an overlap. The next watermark is the largest
cursor seen, but never later than the start of the oldest transaction that was open just before
the snapshot, nor later than the source's clock then: whatever such a transaction commits later,
with whatever cursor it wrote, lies above it.
"""

import datetime as dt
import importlib.resources
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from customer_value.errors import (
    ContractError,
    CustomerValueError,
    ResourceError,
    SourceAccessError,
    SourceUnavailableError,
)
from customer_value.extract.connect import DatabaseAddress, database_address
from customer_value.extract.dialects import DIALECTS, Dialect
from customer_value.extract.rules import Part, looks_personal
from customer_value.landing.batch import Batch, LandedTable
from customer_value.landing.land import Incoming, land
from customer_value.runs import Run
from customer_value.sources.contract import System, Table
from customer_value.sql import connect_scratch, literal

CLOCK_TOLERANCE = dt.timedelta(days=1)


def extract_database(run: Run, system: System, uri: str, tables: list[Table]) -> list[Batch]:
    """Land one batch of each table, all from one snapshot of the database."""
    dialect = DIALECTS[system.kind]
    address = database_address(uri, connection=system.connection)
    with _attached(run, system, dialect, address) as source:
        source.refuse_writer()
        ceiling = source.open_transactions_began()
        source.connection.execute("begin")
        return [source.extract(table, ceiling) for table in tables]


@contextmanager
def _attached(
    run: Run, system: System, dialect: Dialect, address: DatabaseAddress
) -> Iterator["_Source"]:
    scratch = run.build_directory / "extract"
    connection = connect_scratch(run.settings, scratch=scratch)
    try:
        extension = importlib.resources.files(dialect.extension_package).joinpath(
            f"extensions/v{duckdb.__version__}/{dialect.extension}.duckdb_extension"
        )
        connection.execute(f"load {literal(str(extension))}")
        connection.execute(dialect.secret(address))
        connection.execute(dialect.attach(address, run.settings.source_timeout_seconds))
        yield _Source(run, system, dialect, connection)
    except duckdb.Error as error:
        raise _explained(error, system, address, dialect) from None
    finally:
        _release(connection)


def _release(connection: duckdb.DuckDBPyConnection) -> None:
    # Without this explicit ROLLBACK a lost server connection ends the whole process:
    # DuckDB's destructor rolls back again and throws.
    with suppress(duckdb.Error):
        connection.execute("rollback")
    connection.close()


class _Source:
    """An attached database inside its snapshot."""

    def __init__(
        self, run: Run, system: System, dialect: Dialect, connection: duckdb.DuckDBPyConnection
    ) -> None:
        self.run = run
        self.system = system
        self.dialect = dialect
        self.connection = connection

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query that the source database itself runs."""
        return self.connection.execute(f"from {self.dialect.query(sql)}").fetchall()

    def refuse_writer(self) -> None:
        """Raise ``SourceAccessError`` if our role could change what it reads."""
        schema = str(self.system.database_schema)
        writable = self.query(self.dialect.writable_tables(schema))
        if writable:
            raise SourceAccessError(
                f"The role of connection {self.system.connection!r} can write to "
                f"{schema}.{writable[0][0]} and {len(writable) - 1} other tables.",
                where=self.system.name,
                fix="Give extraction a role that can only read: "
                "grant select, and no other right, on its tables.",
            )

    def open_transactions_began(self) -> dt.datetime:
        """Return when the oldest transaction now open began, or the source's clock if none is."""
        if not self.query(self.dialect.may_see_transactions)[0][0]:
            raise SourceAccessError(
                "The extraction role cannot see other sessions' transactions, so a late commit "
                "could be lost.",
                where=f"{self.system.name}, connection {self.system.connection}",
                fix=self.dialect.grant_to_see_transactions,
            )
        began: dt.datetime = self.query(self.dialect.oldest_transaction)[0][0]
        return began if began.tzinfo else began.replace(tzinfo=dt.UTC)

    def extract(self, table: Table, ceiling: dt.datetime) -> Batch:
        """Land the table's changes since the last accepted batch, or all of it when that is due."""
        source_types = self._keep_contract(table)
        landed = LandedTable(self.run.settings.landing, self.system.name, table.name).accepted()
        watermark = self._watermark(table, landed, ceiling)
        due = self._whole_table_is_due(table, landed)
        lower = None if due or watermark is None else watermark
        selected = ", ".join(
            self.dialect.cast_to_text(name)
            if column.type.startswith("decimal")
            else self.dialect.quote(name)
            for name, column in table.columns.items()
        )
        where = ""
        if lower is not None and table.cursor:
            since = lower - dt.timedelta(minutes=table.overlap_minutes)
            cursor = self.dialect.quote(table.cursor)
            where = (
                f" where {cursor} >= {self.dialect.instant(since, table.columns[table.cursor])} "
                f"or {cursor} is null"
            )
        name = self.dialect.table(str(self.system.database_schema), table.name)
        keys = ", ".join(self.dialect.quote(key) for key in table.key)
        typed = frozenset(
            name for name, column in table.columns.items() if not column.type.startswith("decimal")
        )
        return land(
            self.connection,
            self.run,
            self.system,
            table,
            Incoming(
                kind="changes" if lower is not None else "complete",
                parts=[Part(self.dialect.query(f"select {selected} from {name}{where}"), typed)],
                keys=f"from {self.dialect.query(f'select {keys} from {name}')}",
                facts={
                    "source_types": source_types,
                    "lower_bound": lower,
                    "ceiling": ceiling.isoformat(),
                    "watermark_before": None if watermark is None else watermark.isoformat(),
                },
            ),
        )

    def _watermark(
        self, table: Table, landed: list[Batch], ceiling: dt.datetime
    ) -> dt.datetime | None:
        watermark = next_watermark(landed) if table.cursor else None
        if watermark is not None and watermark > ceiling + CLOCK_TOLERANCE:
            raise ContractError(
                f"The watermark {watermark.isoformat()} is ahead of the source's clock "
                f"({ceiling.isoformat()}): rows changed until then would be missed.",
                where=f"{self.system.name}.{table.name}",
                fix="Set all batches of the table aside, newest first, so that the next load reads "
                f"it whole: `customer-value landing discard {landed[-1].label} --who NAME "
                "--why REASON`, and so on.",
            )
        return watermark

    def _whole_table_is_due(self, table: Table, landed: list[Batch]) -> bool:
        if table.cursor is None:
            return True
        complete = [batch for batch in landed if batch.manifest["kind"] == "complete"]
        if not complete or complete[-1].manifest["contract"] != table.fingerprint:
            return True
        everything = LandedTable(self.run.settings.landing, self.system.name, table.name)
        if any(
            batch.was_discarded and batch.sequence > complete[-1].sequence
            for batch in everything.batches()
        ):
            return True  # its rows may lie below the watermark of a later batch
        if table.refresh_days is None:
            return False
        return (self.run.as_of_date - complete[-1].observed_date).days >= table.refresh_days

    def _keep_contract(self, table: Table) -> dict[str, str]:
        """Return the source's column types; raises ``ContractError`` where they drifted."""
        schema = str(self.system.database_schema)
        found = dict(self.query(self.dialect.column_types(schema, table.name)))
        where = f"{self.system.name}.{table.name}"
        if not found:
            raise ContractError(
                f"Table {schema}.{table.name} does not exist or the role may not see it.",
                where=where,
                fix=f"Create it or grant select on it, or take it out of "
                f"dags/sources/{self.system.unit}.yml.",
            )
        check_columns(where, self.system.unit, table, list(found))
        for name, column in table.columns.items():
            accepted = self.dialect.accepted_types(column)
            if found[name] not in accepted:
                raise ContractError(
                    f"Column {name} is {found[name]} at the source; the contract says "
                    f"{column.type}.",
                    where=f"{where}.{name}",
                    fix="Change the column back, or agree the new type and change "
                    f"dags/sources/{self.system.unit}.yml together with its staging model.",
                )
        return {name: found[name] for name in table.columns}


def next_watermark(landed: list[Batch]) -> dt.datetime | None:
    """Return where the next extraction starts from, by the manifests of accepted batches."""
    watermark: dt.datetime | None = None
    for batch in landed:
        seen, ceiling = batch.manifest.get("largest_cursor"), batch.manifest.get("ceiling")
        if seen is None or ceiling is None:
            continue
        reached = dt.datetime.fromisoformat(seen)
        reached = reached if reached.tzinfo else reached.replace(tzinfo=dt.UTC)
        reached = min(reached, dt.datetime.fromisoformat(ceiling))
        watermark = reached if watermark is None else max(watermark, reached)
    return watermark


def check_columns(where: str, unit: str, table: Table, found: list[str]) -> list[str]:
    """Return the columns the contract does not know; raises ``ContractError`` for a missing one."""
    missing = [name for name in table.columns if name not in found]
    new = [name for name in found if name not in table.columns]
    fix = f"Restore the column, or change dags/sources/{unit}.yml and its staging model."
    if missing:
        raise ContractError(
            f"Column {missing[0]} is missing; there are {', '.join(found)}.", where=where, fix=fix
        )
    personal = [name for name in new if looks_personal(name)]
    if personal or (new and table.on_new_column == "stop"):
        raise ContractError(
            f"Column {(personal or new)[0]} is new"
            + (" and looks like data about a person." if personal else "."),
            where=where,
            fix=f"Declare it in dags/sources/{unit}.yml (personal: true where it is), or have it "
            "removed at the source.",
        )
    return new


def _explained(
    error: duckdb.Error, system: System, address: DatabaseAddress, dialect: Dialect
) -> CustomerValueError:
    text = address.scrub(str(error)).strip().splitlines()[0]
    where = f"{system.name}, connection {system.connection} ({address!r})"
    lowered = str(error).lower()
    if isinstance(error, duckdb.OutOfMemoryException) or "no space left" in lowered:
        return ResourceError(
            f"Extraction ran out of room: {text}",
            where=where,
            fix="Free disk space below CUSTOMER_VALUE_HOME or raise CUSTOMER_VALUE_MEMORY_LIMIT.",
        )
    if any(words in lowered for words in dialect.refusals):
        return SourceAccessError(
            f"The database refused us: {text}",
            where=where,
            fix=f"Check user, password and grants of connection {system.connection!r}.",
        )
    return SourceUnavailableError(
        f"The database did not answer, or broke off: {text}",
        where=where,
        fix="Check that it is up and reachable; the load can be run again as it is.",
    )
