"""What differs between database kinds: their extension, their catalogue, their quoting."""

import datetime as dt
from typing import ClassVar, Protocol

from customer_value.extract.connect import DatabaseAddress
from customer_value.sources.contract import DECIMAL, Column
from customer_value.sql import identifier, literal


class Dialect(Protocol):
    """One kind of source database, as DuckDB's extension for it reads it."""

    @property
    def extension_package(self) -> str: ...
    @property
    def extension(self) -> str: ...
    @property
    def may_see_transactions(self) -> str: ...
    @property
    def grant_to_see_transactions(self) -> str: ...
    @property
    def oldest_transaction(self) -> str: ...
    @property
    def refusals(self) -> tuple[str, ...]: ...

    def secret(self, address: DatabaseAddress) -> str: ...
    def attach(self, address: DatabaseAddress, timeout_seconds: int) -> str: ...
    def query(self, sql: str) -> str: ...
    def quote(self, name: str) -> str: ...
    def table(self, schema: str, name: str) -> str: ...
    def cast_to_text(self, name: str) -> str: ...
    def instant(self, moment: dt.datetime, column: Column) -> str: ...
    def column_types(self, schema: str, table: str) -> str: ...
    def accepted_types(self, column: Column) -> tuple[str, ...]: ...
    def writable_tables(self, schema: str) -> str: ...


class Postgres:
    """PostgreSQL. NaN and unconstrained numerics reach DuckDB wrong, so decimals come as text."""

    extension_package = "duckdb_extension_postgres_scanner"
    extension = "postgres_scanner"
    may_see_transactions = (
        "select pg_has_role(current_user, 'pg_read_all_stats', 'usage') as granted"
    )
    grant_to_see_transactions = "grant pg_read_all_stats to the extraction role."
    oldest_transaction = """
        select least(
            clock_timestamp(),
            (
                select min(xact_start) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
            ),
            (select min(prepared) from pg_prepared_xacts where database = current_database())
        ) as began"""
    refusals = (
        "password authentication failed",
        "permission denied",
        "no pg_hba.conf entry",
        "does not exist",
        "is not permitted to log in",
        "no password supplied",
    )
    _types: ClassVar[dict[str, tuple[str, ...]]] = {
        "bigint": ("bigint", "integer", "smallint"),
        "integer": ("integer", "smallint"),
        "double": ("double precision", "real"),
        "boolean": ("boolean",),
        "date": ("date",),
        "timestamp": ("timestamp without time zone",),
        "timestamptz": ("timestamp with time zone",),
        "varchar": ("text", "character varying", "character", "uuid"),
    }

    def secret(self, address: DatabaseAddress) -> str:
        port = f", port {literal(str(address.port))}" if address.port else ""
        return (
            f"create secret source_secret (type postgres, host {literal(address.host)}{port}, "
            f"user {literal(address.user)}, password {literal(address.password)}, "
            f"database {literal(address.database)})"
        )

    def attach(self, address: DatabaseAddress, timeout_seconds: int) -> str:
        asked = " ".join(f"{name}={_libpq(value)}" for name, value in address.options.items())
        options = (
            f"{asked} connect_timeout=10 keepalives_idle=30 "
            f"tcp_user_timeout={timeout_seconds * 1000} "
            f"options='-c statement_timeout={timeout_seconds}s "
            f"-c lock_timeout={min(timeout_seconds, 60)}s -c TimeZone=UTC'"
        )
        return (
            f"attach {literal(options)} as source (type postgres, secret source_secret, read_only)"
        )

    def query(self, sql: str) -> str:
        return f"postgres_query('source', {literal(sql)})"

    def quote(self, name: str) -> str:
        return identifier(name)

    def table(self, schema: str, name: str) -> str:
        return f"{identifier(schema)}.{identifier(name)}"

    def cast_to_text(self, name: str) -> str:
        return f"cast({identifier(name)} as text) as {identifier(name)}"

    def instant(self, moment: dt.datetime, column: Column) -> str:
        text = f"timestamptz {literal(moment.isoformat())}"
        return text if column.type == "timestamptz" else f"({text} at time zone 'UTC')"

    def column_types(self, schema: str, table: str) -> str:
        return f"""
            select column_name::text as name, case when data_type = 'numeric'
                    and numeric_precision is not null
                then 'numeric(' || numeric_precision || ',' || numeric_scale || ')'
                else data_type::text end as type
            from information_schema.columns
            where table_schema = {literal(schema)} and table_name = {literal(table)}
            order by ordinal_position"""

    def accepted_types(self, column: Column) -> tuple[str, ...]:
        decimal = DECIMAL.match(column.type)
        if decimal:
            return (f"numeric({decimal[1]},{decimal[2]})", "numeric", "bigint", "integer")
        return self._types[column.type]

    def writable_tables(self, schema: str) -> str:
        return f"""
            select relname::text as name
            from pg_class
            where relnamespace = (select oid from pg_namespace where nspname = {literal(schema)})
                and relkind in ('r', 'p', 'v')
                and has_table_privilege(oid, 'insert, update, delete, truncate')
            order by relname"""


class MySql:
    """MySQL and MariaDB, read inside one consistent InnoDB snapshot."""

    extension_package = "duckdb_extension_mysql_scanner"
    extension = "mysql_scanner"
    may_see_transactions = """
        select count(*) > 0 as granted from information_schema.user_privileges
        where privilege_type = 'PROCESS'
            and replace(grantee, '''', '') = replace(current_user(), '''', '')"""
    grant_to_see_transactions = "grant process on *.* to the extraction user."
    oldest_transaction = """
        select least(
            utc_timestamp(6),
            coalesce(
                (select min(convert_tz(trx_started, @@session.time_zone, '+00:00'))
                 from information_schema.innodb_trx
                 where trx_mysql_thread_id <> connection_id()),
                utc_timestamp(6)
            )
        ) as began"""
    refusals = ("access denied", "unknown database", "command denied")
    _types: ClassVar[dict[str, tuple[str, ...]]] = {
        "bigint": ("bigint", "int", "mediumint", "smallint", "tinyint"),
        "integer": ("int", "mediumint", "smallint", "tinyint"),
        "double": ("double", "float"),
        "boolean": ("tinyint",),
        "date": ("date",),
        "timestamp": ("datetime", "timestamp"),
        "timestamptz": ("timestamp",),
        "varchar": ("varchar", "char", "text", "mediumtext", "longtext", "enum"),
    }

    def secret(self, address: DatabaseAddress) -> str:
        return (
            f"create secret source_secret (type mysql, host {literal(address.host)}, "
            f"port {address.port or 3306}, user {literal(address.user)}, "
            f"password {literal(address.password)}, database {literal(address.database)})"
        )

    def attach(self, address: DatabaseAddress, timeout_seconds: int) -> str:
        del (
            address,
            timeout_seconds,
        )  # the extension takes none; the server's max_execution_time rules
        # Else a TIMESTAMP would arrive as the server's clock on the wall shows it.
        return (
            "set mysql_session_time_zone = '+00:00'; "
            "attach '' as source (type mysql, secret source_secret, read_only)"
        )

    def query(self, sql: str) -> str:
        return f"mysql_query('source', {literal(sql)})"

    def quote(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def table(self, schema: str, name: str) -> str:
        return f"{self.quote(schema)}.{self.quote(name)}"

    def cast_to_text(self, name: str) -> str:
        return f"cast({self.quote(name)} as char) as {self.quote(name)}"

    def instant(self, moment: dt.datetime, column: Column) -> str:
        del column
        return literal(moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f"))

    def column_types(self, schema: str, table: str) -> str:
        return f"""
            select column_name as name, case when data_type = 'decimal'
                then concat('decimal(', numeric_precision, ',', numeric_scale, ')')
                else data_type end as type
            from information_schema.columns
            where table_schema = {literal(schema)} and table_name = {literal(table)}
            order by ordinal_position"""

    def accepted_types(self, column: Column) -> tuple[str, ...]:
        return (column.type,) if DECIMAL.match(column.type) else self._types[column.type]

    def writable_tables(self, schema: str) -> str:
        return f"""
            select concat(privilege_type, ' on ', {literal(schema)}) as name
            from information_schema.user_privileges
            where privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'SUPER')
                and replace(grantee, '''', '') = replace(current_user(), '''', '')
            union all
            select concat(privilege_type, ' on ', table_schema) as name
            from information_schema.schema_privileges
            where privilege_type in ('INSERT', 'UPDATE', 'DELETE')
                and table_schema = {literal(schema)}"""


def _libpq(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


DIALECTS: dict[str, Dialect] = {"postgres": Postgres(), "mysql": MySql()}
