"""The little SQL that Python writes: quoting, and connections with the project's limits."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from customer_value.settings import Settings


def identifier(name: str) -> str:
    """Return ``name`` quoted as an identifier.

    >>> identifier('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """Return ``text`` quoted as a string.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def literals(texts: Iterable[str | Path]) -> str:
    """Return a DuckDB list of strings."""
    return "[" + ", ".join(literal(text) for text in texts) + "]"


def columns(names: Iterable[str]) -> str:
    """Return quoted names with commas between."""
    return ", ".join(identifier(name) for name in names)


def connect_scratch(
    settings: Settings, database: Path | None = None, *, scratch: Path
) -> duckdb.DuckDBPyConnection:
    """Return a writable connection with our limits; spills go to ``scratch``, time zone is UTC."""
    scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        str(database or ":memory:"),
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("set TimeZone = 'UTC'")
    return connection
