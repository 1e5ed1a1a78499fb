"""Copy the finished marts into a fresh file that carries nothing else, and seal it.

A fresh file holds no deleted rows, no landing views and no free pages; readers get a file whose
every byte the audit saw.
"""

import shutil
from pathlib import Path
from typing import Any

import duckdb

from customer_value import durable
from customer_value.failpoints import failpoint
from customer_value.sql import connect_scratch, identifier, literal
from customer_value.warehouse.candidate import Candidate
from customer_value.warehouse.digest import content_digest, table_digest
from customer_value.warehouse.versions import DATABASE, SEAL

CONTENT_SCHEMA = "marts"
PUBLISHED_SCHEMAS = (CONTENT_SCHEMA, "operations")


def seal(candidate: Candidate) -> dict[str, Any]:
    """Write ``sealed/customer_value.duckdb`` and its seal; return the seal.

    The seal names the run, the as-of date, the rows and digest of every table, and the file's
    SHA-256. ``digest`` covers the ``marts`` schema only: it is the same for the same content,
    whatever batches it arrived in.
    """
    settings = candidate.run.settings
    shutil.rmtree(candidate.sealed, ignore_errors=True)
    candidate.sealed.mkdir(mode=0o750)
    database = candidate.sealed / DATABASE
    connection = connect_scratch(
        settings, database, scratch=candidate.run.build_directory / "spill"
    )
    try:
        connection.execute(f"attach {literal(candidate.database)} as candidate (read_only)")
        tables = _copy_tables(connection)
        connection.execute("detach candidate")
        connection.execute("checkpoint")
    finally:
        connection.close()
    failpoint("seal.tables_copied")
    described = _describe(database, tables, settings.threads)
    database.chmod(0o440)
    durable.sync_file(database)
    sealed = {
        "version": candidate.version_name,
        "run_id": candidate.run.run_id,
        "as_of_date": candidate.run.as_of_date.isoformat(),
        "base": candidate.base,
        "code": candidate.code,
        "duckdb": duckdb.__version__,
        "batches": list(candidate.batches),
        "tables": described,
        "digest": content_digest(
            {
                name: facts["digest"]
                for name, facts in described.items()
                if name.startswith(f"{CONTENT_SCHEMA}.")
            }
        ),
        "file": {"bytes": database.stat().st_size, "sha256": durable.sha256_of(database)},
    }
    durable.write_json(candidate.sealed / SEAL, sealed)
    failpoint("seal.record_written")
    return sealed


def _copy_tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    listed = connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() "
        "where database_name = 'candidate' and list_contains(?, schema_name) "
        "order by schema_name, table_name",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    for schema in PUBLISHED_SCHEMAS:
        connection.execute(f"create schema {identifier(schema)}")
    for schema, table, comment in listed:
        name = f"{identifier(schema)}.{identifier(table)}"
        described = connection.execute(
            "select column_name, data_type, is_nullable, comment from duckdb_columns() "
            "where database_name = 'candidate' and schema_name = ? and table_name = ? "
            "order by column_index",
            [schema, table],
        ).fetchall()
        # No primary keys: dbt has proven them, and their indexes would double the file.
        declared = ", ".join(
            f"{identifier(column)} {kind}{'' if nullable else ' not null'}"
            for column, kind, nullable, _ in described
        )
        connection.execute(f"create table {name} ({declared})")
        connection.execute(
            f"insert into {name} select * from candidate.{name} "
            f"order by {identifier(described[0][0])}"
        )
        if comment:
            connection.execute(f"comment on table {name} is {literal(comment)}")
        for column, _, _, note in described:
            if note:
                connection.execute(
                    f"comment on column {name}.{identifier(column)} is {literal(note)}"
                )
    return [(schema, table) for schema, table, _ in listed]


def _describe(
    database: Path, tables: list[tuple[str, str]], threads: int
) -> dict[str, dict[str, Any]]:
    """Reopen the closed file as a reader would, and count and digest what it holds."""
    connection = duckdb.connect(str(database), read_only=True, config={"threads": threads})
    try:
        connection.execute("set TimeZone = 'UTC'")
        described = {}
        for schema, table in tables:
            digest = table_digest(connection, schema, table)
            described[f"{schema}.{table}"] = {"rows": int(digest.split(":")[0]), "digest": digest}
        return described
    finally:
        connection.close()
