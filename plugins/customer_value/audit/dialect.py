"""The SQLAlchemy dialect through which Great Expectations runs its checks inside DuckDB.

The stock ``duckdb`` dialect fails most expectations: Great Expectations reads rows after it has
given the connection back, and the rollback that follows drops DuckDB's pending result. It also
refuses regular expressions for a dialect called ``duckdb``. This one buffers every result and
answers to the name ``postgresql``, whose SQL DuckDB understands.
"""

from pathlib import Path
from typing import Any

import duckdb_engine
from sqlalchemy import URL, Connection, RowMapping, text, types
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.engine.interfaces import ReflectedColumn, ReflectedPrimaryKeyConstraint
from sqlalchemy.exc import NoSuchTableError
from typing_extensions import override

from customer_value.settings import Settings
from customer_value.sql import literal

NAME = "duckdbgx"

COLUMNS = text("""
select column_name, data_type, is_nullable, numeric_precision, numeric_scale
from duckdb_columns()
where database_name = current_database()
    and schema_name = coalesce(:schema_name, current_schema())
    and table_name = :table_name
order by column_index
""")

TYPES: dict[str, type[types.TypeEngine[Any]]] = {
    "BOOLEAN": types.BOOLEAN,
    "TINYINT": types.SMALLINT,
    "SMALLINT": types.SMALLINT,
    "INTEGER": types.INTEGER,
    "BIGINT": types.BIGINT,
    "HUGEINT": types.NUMERIC,
    "FLOAT": types.FLOAT,
    "DOUBLE": types.FLOAT,
    "DATE": types.DATE,
    "TIMESTAMP": types.TIMESTAMP,
    "TIMESTAMP WITH TIME ZONE": types.TIMESTAMP,
}


# Great Expectations runs the query of an asset by itself, and whole, to learn its columns' names;
# whatever else it asks wraps the query. So a query that begins like this is asked for no row.
ASSET = "select /* an asset */ "


class BufferedContext(PGExecutionContext_psycopg2):
    """Fetches all rows at once, so that they outlive the connection that made them."""

    def post_exec(self) -> None:
        """Replace the pending result by its rows."""
        if self.cursor is None or not self.cursor.description:
            return
        self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            self.cursor,
            initial_buffer=self.cursor.fetchall(),
            alternate_description=self.cursor.description,
        )


class Dialect(duckdb_engine.Dialect):
    """DuckDB as Great Expectations needs it; see the module's text for why."""

    name = "postgresql"
    execution_ctx_cls = BufferedContext
    supports_statement_cache = False

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Return a connection in UTC whose tables are those of the ``schema`` it was asked for."""
        config = dict(cparams.pop("url_config", {}))
        schema = config.pop("schema", "main")
        connection = super().connect(*cargs, url_config=config, **cparams)
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set schema = {literal(schema)}")
        return connection

    @override
    def do_execute(
        self, cursor: Any, statement: str, parameters: Any, context: Any | None = None
    ) -> None:
        """Run a statement; the bare query of an asset gives its columns and no row."""
        if statement.startswith(ASSET):
            statement = f"select * from ({statement}) as asset limit 0"
        # SQLAlchemy declares no types here.
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]

    @override
    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin nothing: a query of a file that nobody can write needs no transaction."""

    @override
    def do_rollback(self, dbapi_connection: Any) -> None:
        """Take nothing back, as nothing began."""

    @override
    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        """Return the columns in table order; PostgreSQL's catalogue query needs pg_collation."""
        names = {"schema_name": schema, "table_name": str(table_name)}
        found = connection.execute(COLUMNS, names).mappings().all()
        if not found:
            raise NoSuchTableError(f"{schema}.{table_name}")
        return [_reflected(row) for row in found]

    @override
    def get_pk_constraint(
        self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        """Return no key: keys are dbt's business, and asking PostgreSQL's catalogue is slow."""
        return ReflectedPrimaryKeyConstraint(name=None, constrained_columns=[])


def asset_query(query: str) -> str:
    """Return a query, which begins with ``select``, for an asset."""
    return ASSET + query.removeprefix("select ")


def connection_string(database: Path, schema: str, settings: Settings) -> str:
    """Return the URL that opens ``schema`` of ``database`` read-only, within our limits."""
    registry.register(NAME, __name__, Dialect.__name__)
    options = {
        "access_mode": "read_only",
        "schema": schema,
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return str(URL.create(NAME, database=str(database.absolute()), query=options))


def _reflected(row: RowMapping) -> ReflectedColumn:
    data_type = row["data_type"]
    return ReflectedColumn(
        name=row["column_name"],
        type=(
            types.NUMERIC(row["numeric_precision"], row["numeric_scale"])
            if data_type.startswith("DECIMAL")
            else TYPES.get(data_type, types.VARCHAR)()
        ),
        nullable=row["is_nullable"],
        default=None,
    )
