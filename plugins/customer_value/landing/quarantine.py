"""Rows that could not be used: listed, explained, and tried again after the contract was mended."""

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from customer_value.errors import LandingError
from customer_value.extract.rules import RULES, Part
from customer_value.landing.batch import Batch, LandedTable
from customer_value.landing.land import Incoming, land
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import System, load_system, load_systems
from customer_value.sql import connect_scratch, identifier, literal
from customer_value.warehouse.lock import exclusive

UNREADABLE = ("ragged_row", "unreadable_line")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """The rows of one batch that broke one rule. ``replayed`` says where they were tried again."""

    batch: str
    rule: str
    column: str | None
    rows: int
    first_file: str | None
    first_row: int | None
    verdict: str
    replayed: str | None


def find_batch(settings: Settings, label: str) -> tuple[System, Batch]:
    """Return a batch by its label; raises ``LandingError`` for one that is not there."""
    system_name, _, rest = label.partition(".")
    table, _, sequence = rest.partition(".")
    system = load_system(settings.sources, system_name)
    system.table(table)
    for batch in LandedTable(settings.landing, system_name, table).batches():
        if f"{batch.sequence:06d}" == sequence:
            return system, batch
    raise LandingError(
        f"There is no batch {label!r}.",
        where=str(settings.landing / system_name / table),
        fix="`customer-value status --run RUN` names the batches of a run, `customer-value "
        "quarantine list` those with rows in quarantine.",
    )


def list_quarantined(settings: Settings) -> list[Quarantined]:
    """Return what lies in quarantine, by batch and rule, oldest first."""
    found = []
    for system in load_systems(settings.sources).values():
        for table in system.tables:
            batches = LandedTable(settings.landing, system.name, table).batches()
            replays = {
                batch.manifest["replays"]: batch.label
                for batch in batches
                if "replays" in batch.manifest and batch.status == "accepted"
            }
            found += [
                Quarantined(
                    batch.label,
                    entry["rule"],
                    entry["column"],
                    entry["rows"],
                    entry["first_file"],
                    entry["first_row"],
                    batch.status,
                    replays.get(batch.label),
                )
                for batch in batches
                for entry in batch.manifest["quarantine"]
            ]
    return found


def explain(settings: Settings, label: str, limit: int = 20) -> list[dict[str, Any]]:
    """Return quarantined rows of one batch with the rule in words; personal values were masked."""
    _, batch = find_batch(settings, label)
    if batch.quarantine is None:
        return []
    rows = duckdb.execute(
        "select rule, column_name, raw, _source_file, _source_row, line "
        f"from read_parquet({literal(batch.quarantine)}) "
        "order by _source_file, coalesce(line, _source_row) limit ?",
        [limit],
    ).fetchall()
    return [
        {
            "rule": rule,
            "means": RULES[rule],
            "column": column,
            "value": _value(raw, column),
            "file": file,
            "row": row,
            "line": line,
            "raw": raw,
        }
        for rule, column, raw, file, row, line in rows
    ]


def replay(run: Run, label: str) -> Batch:
    """Land the quarantined rows of a delivered file again, under the contract as it is now.

    Rows that still break it stay in quarantine, in the new batch. Raises ``LandingError`` where
    there is nothing to replay, or where the source itself is read again instead.
    """
    system, batch = find_batch(run.settings, label)
    table = system.table(batch.manifest["table"])
    already = [item for item in list_quarantined(run.settings) if item.batch == label]
    if table.delivery != "once":
        raise LandingError(
            f"Rows of {system.name}.{table.name} are not replayed: a later state of the source "
            "may have replaced them.",
            where=label,
            fix="Correct the row at the source, or change the contract: the next load then reads "
            "the whole table again.",
        )
    if table.names_people:
        raise LandingError(
            f"Rows of {system.name}.{table.name} are not replayed: they name people, and what was "
            "personal was not kept.",
            where=label,
            fix="Have the rows delivered again in a file with a new name.",
        )
    if batch.status != "accepted":
        raise LandingError(
            f"Batch {label} was not accepted (it is {batch.status}), so none of it is used.",
            where=label,
            fix="Have the delivery mended and load again; all of its rows come with it.",
        )
    if batch.quarantine is None or any(item.replayed for item in already):
        raise LandingError(
            f"Batch {label} has nothing left to replay.",
            where=label,
            fix="`customer-value quarantine list` shows what is still waiting.",
        )
    fields = ", ".join(
        f"json_extract_string(raw, {literal('$.' + json.dumps(name))}) as {identifier(name)}"
        for name in table.columns
    )
    unreadable = ", ".join(literal(rule) for rule in UNREADABLE)
    relation = (
        f"(select {fields}, _source_file, _source_row from "
        f"read_parquet({literal(batch.quarantine)}) where rule not in ({unreadable}))"
    )
    incoming = Incoming(
        "replay",
        [Part(relation, frozenset(), "_source_file", "_source_row")],
        facts={"replays": label, "deliveries": []},
    )
    lock = run.settings.landing / system.name / ".lock"
    with exclusive(lock, holder=f"replay of {label}"):
        connection = connect_scratch(run.settings, scratch=run.build_directory / "extract")
        try:
            return land(connection, run, system, table, incoming)
        finally:
            connection.close()


def _value(raw: str | None, column: str | None) -> str | None:
    if raw is None or column is None:
        return None
    value = json.loads(raw).get(column)
    return None if value is None else str(value)
