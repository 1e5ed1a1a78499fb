"""A published warehouse written by hand: every mart as its YAML says, with the rows of a test."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sql import identifier
from customer_value.warehouse.candidate import create_candidate
from customer_value.warehouse.publish import publish, record_gate
from customer_value.warehouse.seal import seal

from tools.data_dictionary import Mart, load_marts

AS_OF = dt.date(2024, 3, 2)
FEBRUARY = dt.date(2024, 2, 1)
MARCH = dt.date(2024, 3, 1)
Row = Mapping[str, Any]
# What a column that no row names holds, by the beginning of its type.
FILLING = {
    "varchar": "none",
    "boolean": False,
    "date": AS_OF,
    "timestamp": dt.datetime(2024, 3, 1, tzinfo=dt.UTC),
    "bigint": 0,
    "integer": 0,
    "decimal": 0,
}


def publish_rows(
    settings: Settings, name: str, tables: Mapping[str, Sequence[Row]], without: str = ""
) -> str:
    """Publish a version in which ``tables`` hold these rows and all others none; return its name.

    A column that a row leaves out is NULL where its contract allows that, else nought or ``none``.
    """
    candidate = create_candidate(Run.named(name, AS_OF, settings))
    with duckdb.connect(str(candidate.database)) as connection:
        for mart in _marts():
            place = f"{mart.schema}.{mart.name}"
            if place == without:
                continue
            connection.execute(f"create schema if not exists {mart.schema}")
            declared = ", ".join(
                f"{identifier(column['name'])} {column['data_type']}" for column in mart.columns
            )
            connection.execute(f"create table {place} ({declared})")
            connection.execute(
                f"comment on table {place} is '{mart.facts['description'].replace(chr(39), '')}'"
            )
            for row in tables.get(place, ()):
                values = [row.get(column["name"], _filling(column)) for column in mart.columns]
                marks = ", ".join("?" for _ in values)
                connection.execute(f"insert into {place} values ({marks})", values)
                unknown = row.keys() - {column["name"] for column in mart.columns}
                assert not unknown, f"{place} has no {unknown}"
    seal(candidate)
    record_gate(candidate, 1)
    return str(publish(candidate.run)["version"])


@cache
def _marts() -> list[Mart]:
    return load_marts()


def _filling(column: Mapping[str, Any]) -> Any:
    never_null = any(part["type"] == "not_null" for part in column.get("constraints", []))
    return FILLING[column["data_type"].partition("(")[0]] if never_null else None
