"""A digest of a table's content that does not depend on row order, file layout or threads."""

import hashlib

import duckdb

from customer_value.sql import identifier


def table_digest(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """Return ``rows:low:high``: the count and two 64-bit sums over the MD5 of each row's text.

    A sum, unlike an exclusive or, sees a row that stands there twice.
    """
    name = f"{identifier(schema)}.{identifier(table)}"
    row = connection.execute(f"""
        select
            count(*),
            coalesce(sum(md5_number_lower(line)), 0),
            coalesce(sum(md5_number_upper(line)), 0)
        from (select cast(content as varchar) as line from {name} as content)""").fetchone()
    return ":".join(str(part) for part in row or ())


def content_digest(digests: dict[str, str]) -> str:
    """Return one digest for several tables, given theirs by name."""
    text = "\n".join(f"{name} {digest}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(text.encode()).hexdigest()
