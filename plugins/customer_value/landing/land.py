"""Write one batch: rows that keep the contract as data, the others as quarantine, manifest last.

What a row says about a person goes into a file of its own, and a pseudonym stands for the person
in all others: whatever is built from the data has never seen a name.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from customer_value.extract.rules import MASK, Part, checked, landed_columns
from customer_value.failpoints import failpoint
from customer_value.landing.batch import (
    DATA,
    KEYS,
    PEOPLE,
    QUARANTINE,
    Batch,
    LandedTable,
    write_manifest,
)
from customer_value.privacy.erased import erased_people
from customer_value.privacy.pseudonyms import teach_pseudonyms
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import System, Table
from customer_value.sql import columns, identifier, literal, literals

PARQUET = "(format parquet, compression zstd)"
QUARANTINE_COLUMNS = "rule, column_name, key, raw, _source_file, _source_row, line"


@dataclass
class Incoming:
    """What one extraction of one table brings.

    ``keys`` is a query for all keys the source holds, where it can list them. ``rejects`` is a
    query for lines no row could be made of: rule, raw, _source_file, line. ``rows_duplicate``
    counts rows of files delivered before, which are not read again. ``verify`` is called when all
    is written and may still raise: the batch then does not come to exist.
    """

    kind: str
    parts: list[Part]
    keys: str | None = None
    rejects: str | None = None
    rows_duplicate: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    verify: Callable[[], None] | None = None


def land(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    system: System,
    table: Table,
    incoming: Incoming,
) -> Batch:
    """Write the batch to disk and return it; a batch is there whole or not at all."""
    started = time.monotonic()
    landed = LandedTable(run.settings.landing, system.name, table.name)
    earlier = landed.accepted()
    observed = max([run.as_of_date, *(batch.observed_date for batch in earlier)])
    sequence, directory = landed.next_directory()
    failpoint("extract.before_copy")
    data = directory / DATA
    if table.names_people:
        teach_pseudonyms(connection, run.settings)
    _write_data(connection, system, table, incoming, data, (sequence, observed))
    failpoint("extract.data_written")
    counts = _separate(connection, table, incoming, directory)
    if table.personal:
        _part_people(connection, run.settings, table, directory)
    failpoint("extract.quarantine_written")
    listing = _write_keys(
        connection, system, table, incoming, directory, earlier, (sequence, observed)
    )
    manifest: dict[str, Any] = {
        "system": system.name,
        "table": table.name,
        "sequence": sequence,
        "run_id": run.run_id,
        "as_of_date": run.as_of_date.isoformat(),
        "observed_date": observed.isoformat(),
        "kind": incoming.kind,
        "contract": table.fingerprint,
        "columns": table.landed,
        "rows_in": counts["landed"] + counts["duplicate"] + counts["quarantined"],
        "rows_landed": counts["landed"],
        "rows_duplicate": counts["duplicate"],
        "rows_quarantined": counts["quarantined"],
        "quarantine": _quarantine_by_rule(connection, directory / QUARANTINE),
        "volume": _volume(connection, system, table, data),
        "largest_cursor": _largest_cursor(connection, table, data),
        "landed_at_utc": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    manifest |= listing | incoming.facts | {"seconds": round(time.monotonic() - started, 2)}
    if incoming.verify:
        incoming.verify()
    batch = write_manifest(directory, manifest)
    failpoint("extract.manifest_written")
    return batch


def _write_data(
    connection: duckdb.DuckDBPyConnection,
    system: System,
    table: Table,
    incoming: Incoming,
    data: Path,
    stamp: tuple[int, dt.date],
) -> None:
    parts = incoming.parts
    if not parts:
        nothing = ", ".join(
            f"cast(null as {column.type}) as {identifier(name)}"
            for name, column in table.columns.items()
        )
        parts = [Part(f"(select {nothing}) where false", frozenset(table.columns))]
    sequence, observed = stamp
    queries = [
        checked(
            table,
            part,
            unit=system.unit,
            sequence=sequence,
            observed_date=observed.isoformat(),
        )
        for part in parts
    ]
    connection.execute(f"copy ({' union all '.join(queries)}) to {literal(data)} {PARQUET}")


def _separate(
    connection: duckdb.DuckDBPyConnection, table: Table, incoming: Incoming, directory: Path
) -> dict[str, int]:
    """Move faulty and conflicting rows to quarantine; return the counts.

    Nearly always nothing is wrong: then the file stays as it was written and nothing is copied.
    """
    data, quarantine = directory / DATA, directory / QUARANTINE
    staged = f"read_parquet({literal(data)})"
    key = columns(table.key)
    connection.execute(f"""
        create or replace temp table repeated as
        select {key}, _source_file, min(_row_hash) < max(_row_hash) as is_conflicting
        from {staged}
        where _fault is null
        group by {key}, _source_file
        having count(*) > 1""")
    rows, faulty = _one(connection, f"select count(*), count(_fault) from {staged}")
    (repeated,) = _one(connection, "select count(*) from repeated")
    rejects = incoming.rejects or (
        "select cast(null as varchar) as rule, cast(null as varchar) as raw, "
        "cast(null as varchar) as _source_file, cast(null as bigint) as line where false"
    )
    (rejected,) = _one(connection, f"select count(*) from ({rejects})")
    if not faulty and not repeated and not rejected:
        return {"landed": rows, "duplicate": incoming.rows_duplicate, "quarantined": 0}

    whole_key = (*table.key, "_source_file")
    same_key = " and ".join(
        f"staged.{identifier(name)} is not distinct from repeated.{identifier(name)}"
        for name in whole_key
    )
    partition = ", ".join(f"staged.{identifier(name)}" for name in whole_key)
    key_json = ", ".join(f"{literal(name)}, {identifier(name)}" for name in table.key)
    raw_json = ", ".join(f"{literal(name)}, {identifier(name)}" for name in table.landed)
    # A line that no row could be made of may hold anything.
    line = literal(MASK) if table.personal else "raw"
    connection.execute(f"""
        create or replace temp view judged as
        select
            staged.*,
            _source_row - min(_source_row) over (partition by staged._source_file) + 1
                as row_in_file,
            repeated.is_conflicting,
            case when repeated.is_conflicting is not null then row_number() over (
                partition by {partition} order by staged._source_row
            ) end as copy_number
        from {staged} as staged
        left join repeated on {same_key} and staged._fault is null""")
    kept = directory / f".{DATA}.tmp"
    connection.execute(f"""
        copy (
            select * exclude (row_in_file, is_conflicting, copy_number)
            from judged
            where _fault is null and not coalesce(is_conflicting or copy_number > 1, false)
        ) to {literal(kept)} {PARQUET}""")
    connection.execute(f"""
        copy (
            select
                split_part(_fault, ':', 1) as rule,
                split_part(_fault, ':', 2) as column_name,
                cast(json_object({key_json}) as varchar) as key,
                _raw as raw,
                _source_file,
                row_in_file as _source_row,
                cast(null as bigint) as line
            from judged
            where _fault is not null
            union all
            select
                'conflicting_duplicate', {literal(table.key[0])},
                cast(json_object({key_json}) as varchar),
                cast(json_object({raw_json}) as varchar), _source_file,
                row_in_file, null
            from judged
            where is_conflicting
            union all
            select rule, null, null, {line}, _source_file, null, line
            from ({rejects})
        ) to {literal(quarantine)} {PARQUET}""")
    (landed,) = _one(connection, f"select count(*) from read_parquet({literal(kept)})")
    (quarantined,) = _one(connection, f"select count(*) from read_parquet({literal(quarantine)})")
    if not quarantined:
        quarantine.unlink()
    kept.replace(data)
    return {
        "landed": landed,
        "duplicate": incoming.rows_duplicate + rows + rejected - landed - quarantined,
        "quarantined": quarantined,
    }


def _part_people(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: Table, directory: Path
) -> None:
    """Move what the rows say about people into ``people.parquet``, save those who were erased."""
    data, kept = directory / DATA, directory / f".{DATA}.tmp"
    subject = identifier(str(table.subject))
    personal = {name: identifier(f"_personal {name}") for name in table.personal}
    said = ", ".join(f"{value} as {identifier(name)}" for name, value in personal.items())
    query = (
        f"select distinct {subject} as person_id, {said} from read_parquet({literal(data)}) "
        f"where {subject} is not null and not list_contains({literals(erased_people(settings))}, "
        f"{subject})"
    )
    if _one(connection, f"select count(*) from ({query})")[0]:
        people = directory / PEOPLE
        connection.execute(f"copy ({query}) to {literal(people)} {PARQUET}")
        people.chmod(0o600)
    connection.execute(
        f"copy (select * exclude ({', '.join(personal.values())}) "
        f"from read_parquet({literal(data)})) to {literal(kept)} {PARQUET}"
    )
    kept.replace(data)


def _write_keys(
    connection: duckdb.DuckDBPyConnection,
    system: System,
    table: Table,
    incoming: Incoming,
    directory: Path,
    earlier: list[Batch],
    stamp: tuple[int, dt.date],
) -> dict[str, Any]:
    """Write the key listing unless it equals the one before; return the manifest's part.

    ``stamp`` is the batch's sequence and its observed date, which every row carries.
    """
    if incoming.keys is None:
        return {}
    path = directory / KEYS
    key = columns(table.key)
    sequence, observed = stamp
    connection.execute(
        f"copy (select {landed_columns(table, table.key, system.unit)}, "
        f"cast({sequence} as bigint) as _batch_sequence, "
        f"date {literal(observed.isoformat())} as _observed_date from ({incoming.keys})) "
        f"to {literal(path)} {PARQUET}"
    )
    # Compared with the listing before only; another version of DuckDB may hash otherwise, which
    # costs a listing that is stored again.
    rows, digest = _one(
        connection, f"select count(*), sum(hash({key})) from read_parquet({literal(path)})"
    )
    listing = {"keys_listed": rows, "keys_digest": f"{rows}:{digest}"}
    listings = [batch for batch in earlier if "keys_digest" in batch.manifest]
    known = {batch.manifest["keys_digest"] for batch in listings if batch.keys}
    if (
        table.delivery != "snapshot"  # its lists are ordered by name, not by arrival
        and listings
        and listings[-1].manifest["keys_digest"] == listing["keys_digest"]
        and listing["keys_digest"] in known  # the listing itself may have been discarded
    ):
        path.unlink()
    return listing


def _quarantine_by_rule(connection: duckdb.DuckDBPyConnection, path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    found = connection.execute(f"""
        select rule, column_name, count(*) as rows, min(_source_file) as first_file,
            arg_min(
                coalesce(line, _source_row), (_source_file, coalesce(line, _source_row))
            ) as first_row
        from read_parquet({literal(path)})
        group by rule, column_name
        order by rule, column_name""").fetchall()
    names = ("rule", "column", "rows", "first_file", "first_row")
    return [dict(zip(names, row, strict=True)) for row in found]


def _volume(
    connection: duckdb.DuckDBPyConnection, system: System, table: Table, data: Path
) -> dict[str, int]:
    """Return the landed rows by business day, where the contract names the column to count by."""
    if table.volume_date is None:
        return {}
    day = business_day(identifier(table.volume_date), table, system.time_zone)
    rows = connection.execute(
        f"select cast({day} as varchar), count(*) from read_parquet({literal(data)}) "
        "group by 1 order by 1"
    ).fetchall()
    return {str(date): count for date, count in rows}


def business_day(value: str, table: Table, time_zone: str) -> str:
    """Return SQL for the business day of ``value``: times are UTC, days are the shop's."""
    if table.volume_date and table.columns[table.volume_date].type == "date":
        return value
    instant = value
    if table.volume_date and table.columns[table.volume_date].type == "timestamp":
        instant = f"timezone('UTC', {value})"
    return f"cast(timezone({literal(time_zone)}, {instant}) as date)"


def _largest_cursor(connection: duckdb.DuckDBPyConnection, table: Table, data: Path) -> str | None:
    if table.cursor is None:
        return None
    (largest,) = _one(
        connection,
        f"select cast(max({identifier(table.cursor)}) as varchar) "
        f"from read_parquet({literal(data)})",
    )
    return None if largest is None else str(largest)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    row = connection.execute(query).fetchone()
    if row is None:
        raise LookupError(f"query gave no row: {query}")
    return row
