"""The marts as their contracts promise them."""

from collections.abc import Iterator

import duckdb
import pytest
from customer_value.sql import identifier

from tools.data_dictionary import load_marts


@pytest.fixture(scope="session")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every mart as its contract promises it, without a row."""
    with duckdb.connect() as connection:
        for mart in load_marts():
            columns = ", ".join(
                f"{identifier(column['name'])} {column['data_type']}" for column in mart.columns
            )
            connection.execute(f"create schema if not exists {mart.schema}")
            connection.execute(f"create table {mart.schema}.{mart.name} ({columns})")
        yield connection
