"""The people file: who stands behind a pseudonym, for those who may know.

``people/people.duckdb``, readable by its owner only, holds one table ``people``: ``person_id``, the
pseudonym that stands in the warehouse; ``business_unit``; ``person_kind``; and what the newest
accepted batch said of the person, a column for each personal column of the contracts. It is written
whole and new each time, because a DELETE would leave the name in the file.
"""

import os
from typing import Any

import duckdb

from customer_value import durable
from customer_value.errors import VersionError
from customer_value.landing.batch import LandedTable
from customer_value.settings import Settings
from customer_value.sources.contract import System, Table, load_systems
from customer_value.sql import identifier, literal, literals

PEOPLE_FILE = "people.duckdb"


def tables_about_people(settings: Settings) -> list[tuple[System, Table]]:
    """Return every table that says something about people."""
    return [
        (system, table)
        for system in load_systems(settings.sources).values()
        for table in system.tables.values()
        if table.personal
    ]


def write_people(settings: Settings) -> int:
    """Write the people file anew; return how many people stand in it.

    Where no source has people there is none. Call it under the writer lock.
    """
    tables = tables_about_people(settings)
    if not tables:
        return 0
    settings.people.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = settings.people / PEOPLE_FILE
    temporary = target.with_name(f".{PEOPLE_FILE}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    said = sorted({name for _, table in tables for name in table.personal})
    connection = duckdb.connect(str(temporary), config={"threads": settings.threads})
    try:
        connection.execute(
            "create table people (person_id varchar, business_unit varchar, person_kind varchar, "
            f"{', '.join(f'{identifier(name)} varchar' for name in said)})"
        )
        for system, table in tables:
            _insert_newest(connection, settings, system, table)
        ((count,),) = connection.execute("select count(*) from people").fetchall()
    finally:
        connection.close()
    temporary.chmod(0o400)
    durable.sync_file(temporary)
    temporary.replace(target)
    durable.sync_directory(settings.people)
    return int(count)


def find_people(settings: Settings, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns of the people file, and those people of whom any column holds ``text``.

    Raises ``VersionError`` where there is no people file, or we may not read it.
    """
    path = settings.people / PEOPLE_FILE
    try:
        connection = duckdb.connect(
            str(path), read_only=True, config={"enable_external_access": False}
        )
    except duckdb.Error as error:
        raise VersionError(
            f"The people file cannot be read: {str(error).splitlines()[0]}",
            where=str(path),
            fix="Only its owner may read it, and a load of a source with people writes it.",
        ) from None
    try:
        found = connection.execute(
            "from people where contains(lower(concat_ws(chr(10), *columns(*))), lower(?)) "
            "order by all",
            [text],
        )
        return [column[0] for column in found.description or []], found.fetchall()
    finally:
        connection.close()


def _insert_newest(
    connection: duckdb.DuckDBPyConnection, settings: Settings, system: System, table: Table
) -> None:
    """Insert what the newest accepted batch with a person in it says of the person."""
    landed = LandedTable(settings.landing, system.name, table.name)
    files = [batch.people for batch in landed.accepted() if batch.people]
    if not files:
        return
    kind = str(table.columns[str(table.subject)].person)
    said = ", ".join(identifier(name) for name in table.personal)
    # A column that was declared later is missing in older files.
    none = ", ".join(f"cast(null as varchar) as {identifier(name)}" for name in table.personal)
    connection.execute(f"""
        insert into people by name
        select person_id, {literal(system.unit)} as business_unit, {literal(kind)} as person_kind,
            {said}
        from (
            select *, row_number() over (partition by person_id order by filename desc) as age
            from (
                from read_parquet({literals(files)}, union_by_name = true, filename = true)
                union all by name
                select {none} where false
            )
        )
        where age = 1""")
