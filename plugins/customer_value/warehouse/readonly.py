"""The one way to read a published version: read-only, confined to the file, settings locked."""

import duckdb

from customer_value.errors import VersionError
from customer_value.settings import Settings
from customer_value.warehouse.versions import Version, Versions


def connect_readonly(settings: Settings, version: str | None = None) -> duckdb.DuckDBPyConnection:
    """Return a hardened connection to the live version, or to the one named.

    The connection keeps its version for as long as it is open; open a new one to see the next.
    It can read no other file, load no extension and change no setting. Raises ``VersionError``
    when nothing is published yet or a write-ahead log lies beside the file.
    """
    return open_version(settings, find_version(settings, version))


def find_version(settings: Settings, name: str | None = None) -> Version:
    """Return the live version or the one named; raises ``VersionError`` if there is none."""
    versions = Versions(settings)
    version = versions.get(name) if name else versions.live()
    if version is None:
        raise VersionError(
            "Nothing has been published yet.",
            where=str(versions.pointer),
            fix="Run a load first: `customer-value load --as-of <date>`, or the DAG "
            "load_warehouse.",
        )
    return version


def open_version(settings: Settings, version: Version) -> duckdb.DuckDBPyConnection:
    """Return a hardened connection to ``version``."""
    # The real path, not the symbolic link: one process may hold several versions open, and DuckDB
    # would hand out the one it already has under a path that now leads elsewhere.
    path = version.database.resolve()
    if path.with_name(f"{path.name}.wal").exists() or not path.exists():
        version.check()
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        connection = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        version.check()  # says which bytes are wrong, if it is that
        raise VersionError(
            f"Version {version.name} cannot be opened: {str(error).splitlines()[0]}",
            where=str(path),
            fix="`customer-value doctor` looks into it; `customer-value rollback` goes back.",
        ) from None
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set lock_configuration = true")
    return connection
