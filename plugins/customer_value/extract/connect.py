"""Connection URIs: taken apart once, and kept out of every message."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from customer_value.errors import SettingsError

Connections = Callable[[str], str]


def from_environment(name: str) -> str:
    """Return the URI of a connection id from ``AIRFLOW_CONN_<ID>``, as Airflow itself reads it."""
    variable = f"AIRFLOW_CONN_{name.upper()}"
    uri = os.environ.get(variable)
    if not uri:
        raise SettingsError(
            f"Connection {name!r} is not set.",
            where=f"environment variable {variable}",
            fix=f"Set {variable} to a URI such as postgresql://reader:password@host:5432/crm "
            "or file:///srv/deliveries.",
        )
    return uri


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """The parts of a database URI. ``repr`` leaves the password out."""

    host: str
    port: int | None
    user: str
    password: str
    database: str
    options: Mapping[str, str]

    def __repr__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{self.user}@{self.host}{port}/{self.database}"

    def scrub(self, text: str) -> str:
        """Return ``text`` without the password, should a driver have put it there."""
        return text.replace(self.password, "***") if self.password else text


def database_address(uri: str, *, connection: str) -> DatabaseAddress:
    """Return the parts of ``uri``; raises ``SettingsError`` that names only the connection id."""
    try:
        parts = urlsplit(uri)
        query = dict(parse_qsl(parts.query))
        host = query.pop("host", None) or unquote(parts.hostname or "localhost")
        port = int(query.pop("port", 0)) or parts.port
        database = unquote(parts.path.lstrip("/"))
    except ValueError:
        database = ""
    if not database:
        raise SettingsError(
            f"The URI of connection {connection!r} names no database.",
            where=f"connection {connection}",
            fix="Write it as postgresql://user:password@host:5432/database, with special "
            "characters percent-encoded.",
        )
    return DatabaseAddress(
        host, port, unquote(parts.username or ""), unquote(parts.password or ""), database, query
    )
