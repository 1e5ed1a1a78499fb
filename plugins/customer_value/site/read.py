"""From a published version to the values of every figure."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from customer_value.errors import VersionError
from customer_value.settings import Settings
from customer_value.site.model import Figure, Page, Record
from customer_value.warehouse.readonly import find_version, open_version
from customer_value.warehouse.versions import Version

TABLE = re.compile(r"\b(?:marts|operations)\.\w+")


@dataclass(frozen=True, slots=True)
class Content:
    """What the site says: one version's values, labels, units and descriptions.

    ``values`` holds a list for each column of each figure.
    """

    version: Version
    values: dict[str, dict[str, list[Any]]]
    labels: dict[str, dict[str, dict[str, str]]]
    units: list[dict[str, Any]]
    described: dict[str, dict[str, Any]]


def read(settings: Settings, pages: Iterable[Page]) -> Content:
    """Return the content of the live version for these pages."""
    version = find_version(settings)
    figures = {figure.id: figure for page in pages for figure in page.figures}
    connection = open_version(settings, version)
    try:
        values = {}
        for figure in figures.values():
            if isinstance(figure, Record):
                names, rows = figure.read(settings, version)
            else:
                names, rows = _answer(connection, version, figure)
            values[figure.id] = {
                name: [plain(row[place]) for row in rows] for place, name in enumerate(names)
            }
        queries = [figure.sql for figure in figures.values() if isinstance(figure, Figure)]
        return Content(
            version=version,
            values=values,
            labels=_labels(connection),
            units=_units(connection),
            described=_described(connection, queries),
        )
    finally:
        connection.close()


def _answer(
    connection: duckdb.DuckDBPyConnection, version: Version, figure: Figure
) -> tuple[list[str], list[Any]]:
    try:
        return ask(connection, figure.sql)
    except duckdb.Error as error:
        version.check()  # says which bytes are wrong, if it is that
        raise VersionError(
            f"Version {version.name} cannot answer the dashboard's figure {figure.id}: "
            f"{str(error).splitlines()[0]}",
            where=str(version.database),
            fix="Other code built that version: load again with this code, or use the code it is "
            "of. The dashboard before stays.",
        ) from None


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[Any]]:
    """Return column names and rows of one query."""
    result = connection.execute(sql)
    return [column[0] for column in result.description or []], result.fetchall()


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; a decimal keeps all its digits up to fifteen.

    >>> plain(Decimal("12.30")), plain(dt.date(2018, 1, 2))
    (12.3, '2018-01-02')
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, dict[str, str]]]:
    _, rows = ask(
        connection,
        "select kind, code, name_en, name_zh, meaning_en, meaning_zh from marts.dim_labels "
        "order by kind, list_position",
    )
    labels: dict[str, dict[str, dict[str, str]]] = {}
    for kind, code, name_en, name_zh, meaning_en, meaning_zh in rows:
        labels.setdefault(kind, {})[code] = {
            "en": name_en,
            "zh": name_zh,
            "meaning_en": meaning_en,
            "meaning_zh": meaning_zh,
        }
    return labels


def _units(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the units that have customers, the real ones first."""
    _, rows = ask(
        connection,
        "select units.business_unit, units.reporting_currency_code, units.is_simulated "
        "from marts.dim_business_units as units "
        "where exists (select 1 from marts.dim_customers as customers "
        "where customers.business_unit = units.business_unit and not customers.is_unknown) "
        "order by units.is_simulated, units.business_unit",
    )
    return [
        {"id": unit, "currency": currency, "simulated": simulated}
        for unit, currency, simulated in rows
    ]


def _described(
    connection: duckdb.DuckDBPyConnection, queries: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return what the file says of the tables that queries read, and of their columns."""
    wanted = {table for sql in queries for table in TABLE.findall(sql)}
    described: dict[str, dict[str, Any]] = {}
    _, tables = ask(
        connection, "select schema_name || '.' || table_name, comment from duckdb_tables()"
    )
    for table, comment in tables:
        if table in wanted:
            described[table] = {"comment": " ".join((comment or "").split()), "columns": {}}
    _, columns = ask(
        connection,
        "select schema_name || '.' || table_name, column_name, comment from duckdb_columns() "
        "where comment is not null",
    )
    for table, column, comment in columns:
        if table in described:
            described[table]["columns"][column] = " ".join(comment.split())
    return described
