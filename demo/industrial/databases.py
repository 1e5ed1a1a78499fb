"""The CRM and the order system of the industrial unit in one PostgreSQL, a schema each.

Their clock is simulated: ``updated_at`` is ten in the evening of the business day that was played,
so that a night in which years are replayed within minutes reads what changed and no more. A trigger
moves it when anybody else changes a row. There are no foreign keys: an order may come before its
customer is an account, and outlives what is deleted.
"""

import io
from datetime import date
from typing import LiteralString

import psycopg
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]  # pyarrow has no types
from psycopg import sql

from demo.industrial.history import Changes
from demo.industrial.schema import CRM, ERP, TABLES, create_statements, tables_of
from demo.postgres import READER

SYSTEMS = (CRM, ERP)
# The simulator's own memory, which the reading role may not see.
MEMORY: LiteralString = """
create schema industrial_simulator;
create table industrial_simulator.plays (until date primary key, seed bigint not null);
create function industrial_simulator.clock() returns timestamptz stable language sql as
$$
    select (coalesce(max(until), date '1970-01-01') + time '22:00') at time zone 'Asia/Shanghai'
    from industrial_simulator.plays
$$;
create function industrial_simulator.touch() returns trigger language plpgsql as
$$ begin new.updated_at := industrial_simulator.clock(); return new; end $$;
"""


def create_schemas(connection: psycopg.Connection) -> None:
    """Create both systems and let the reading role, which must exist, read them.

    Systems that were created before stay as they are.
    """
    known = connection.execute(
        "select 1 from pg_namespace where nspname = 'industrial_simulator'"
    ).fetchone()
    if known:
        return
    connection.execute(MEMORY)
    reader = sql.Identifier(READER)
    for system in SYSTEMS:
        schema = sql.Identifier(system)
        connection.execute(sql.SQL("create schema {}").format(schema))
        for statement in create_statements(system, "postgres"):
            connection.execute(statement.encode())
        for table in tables_of(system):
            connection.execute(
                sql.SQL(
                    "alter table {0} alter column updated_at "
                    "set default industrial_simulator.clock();"
                    "create trigger touch before update on {0} for each row "
                    "when (new.updated_at = old.updated_at) "
                    "execute function industrial_simulator.touch()"
                ).format(sql.Identifier(system, table))
            )
        connection.execute(
            sql.SQL(
                "grant usage on schema {schema} to {reader};"
                "grant select on all tables in schema {schema} to {reader}"
            ).format(schema=schema, reader=reader)
        )
    connection.execute(sql.SQL("revoke all on schema industrial_simulator from {}").format(reader))


def last_play(connection: psycopg.Connection) -> tuple[date, int] | None:
    """Return the last business day that was played and the seed, ``None`` before the first."""
    row = connection.execute(
        "select until, seed from industrial_simulator.plays order by until desc limit 1"
    ).fetchone()
    return (row[0], row[1]) if row else None


def remember_play(connection: psycopg.Connection, until: date, seed: int) -> None:
    """Note that everything up to and including ``until`` was played."""
    connection.execute("insert into industrial_simulator.plays values (%s, %s)", [until, seed])


def apply_changes(connection: psycopg.Connection, name: str, changes: Changes) -> None:
    """Insert, update and delete the rows of one table."""
    spec = TABLES[name]
    target = sql.Identifier(spec.system, name)
    key = [sql.Identifier(column) for column in spec.key]
    same = sql.SQL(" and ").join(sql.SQL("old.{0} = new.{0}").format(column) for column in key)
    if changes.inserted.num_rows:
        _copy(connection, target, changes.inserted)
    if changes.updated.num_rows:
        staged = _stage(connection, target, name, changes.updated)
        settings = sql.SQL(", ").join(
            sql.SQL("{0} = new.{0}").format(sql.Identifier(column))
            for column in changes.updated.column_names
            if column not in spec.key
        )
        connection.execute(
            sql.SQL("update {} as old set {} from {} as new where {}").format(
                target, settings, staged, same
            )
        )
        connection.execute(sql.SQL("drop table {}").format(staged))
    for row in changes.deleted.to_pylist():
        where = sql.SQL(" and ").join(
            sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(row[column]))
            for column in spec.key
        )
        connection.execute(sql.SQL("delete from {} where {}").format(target, where))


def _stage(
    connection: psycopg.Connection, target: sql.Identifier, name: str, rows: pa.Table
) -> sql.Identifier:
    """Copy rows into an unlogged table of the simulator's own and return its name.

    Not a temporary one: the reading role's database allows nobody temporary tables.
    """
    staged = sql.Identifier("industrial_simulator", f"staged_{name}")
    connection.execute(sql.SQL("create unlogged table {} (like {})").format(staged, target))
    _copy(connection, staged, rows)
    return staged


def _copy(connection: psycopg.Connection, target: sql.Identifier, rows: pa.Table) -> None:
    """Append rows by COPY; an empty field is an empty value, a quoted empty one is a text."""
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in rows.column_names)
    statement = sql.SQL("copy {} ({}) from stdin (format csv)").format(target, columns)
    content = io.BytesIO()
    pa_csv.write_csv(rows, content, pa_csv.WriteOptions(include_header=False))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(content.getbuffer())
