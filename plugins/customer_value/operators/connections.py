"""Airflow connections as the URIs that the library understands."""

from urllib.parse import quote, urlencode

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.log import mask_secret

from customer_value.errors import SettingsError


def connection_uri(connection_id: str) -> str:
    """Return the URI of an Airflow connection; raises ``SettingsError`` if there is none.

    Airflow masks the password in logs; the way it is spelt in the URI is masked here.
    """
    try:
        connection = BaseHook.get_connection(connection_id)
    except AirflowNotFoundException:
        raise SettingsError(
            f"Airflow knows no connection {connection_id!r}.",
            where="Airflow connections, environment and secrets backends",
            fix=f"Run: airflow connections add {connection_id} --conn-uri '<uri>', "
            f"or set AIRFLOW_CONN_{connection_id.upper()}.",
        ) from None
    if connection.password:
        mask_secret(quote(connection.password, safe=""))
    return uri_of(connection)


def uri_of(connection: Connection) -> str:
    """Return ``scheme://login:password@host:port/path?extra`` with one quoting for all kinds.

    Unlike ``Connection.get_uri`` this keeps the slashes of a path (``file:///a/b``,
    ``s3://bucket/a/b``), says ``postgresql`` where Airflow says ``postgres``, and turns a host that
    is a socket's directory into ``?host=``, which every PostgreSQL client reads.
    """
    scheme = (connection.conn_type or "").replace("_", "-")
    scheme = "postgresql" if scheme == "postgres" else scheme
    host = connection.host or ""
    extra = {name: str(value) for name, value in connection.extra_dejson.items()}
    if host.startswith("/"):
        extra, host = {"host": host} | extra, ""
    authority = f"[{host}]" if ":" in host else quote(host, safe="")
    if connection.port:
        authority += f":{connection.port}"
    if connection.login is not None or connection.password is not None:
        login = quote(connection.login or "", safe="")
        secret = "" if connection.password is None else ":" + quote(connection.password, safe="")
        authority = f"{login}{secret}@{authority}"
    path = f"/{quote(connection.schema, safe='/')}" if connection.schema else ""
    query = f"?{urlencode(extra, safe='/', quote_via=quote)}" if extra else ""
    return f"{scheme}://{authority}{path}{query}"
