"""A base of customers simulated from NBD with a known rate, in the table that fits read."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

FIRST = dt.date(2023, 1, 1)
DAYS = 420
CUSTOMERS = 600


@pytest.fixture(scope="session")
def occasions() -> Iterator[duckdb.DuckDBPyConnection]:
    """600 customers who start in the first 60 days and buy at a gamma-mixed rate for 420 days."""
    rng = np.random.default_rng(7)
    rows = []
    for customer in range(CUSTOMERS):
        start = int(rng.integers(0, 60))
        rate = rng.gamma(1.5, 0.04)
        stays = rng.exponential(700)
        worth = rng.gamma(4.0, 6.0)
        days = {start} | {
            start + 1 + int(day)
            for day in np.cumsum(rng.exponential(1 / rate, size=400))
            if day < min(stays, DAYS - start - 1)
        }
        rows += [
            (
                f"shop-{customer}",
                "shop",
                FIRST + dt.timedelta(days=day),
                round(worth * rng.gamma(9, 1 / 9), 2),
            )
            for day in days
        ]
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_customers__known_activity (customer_id varchar, "
            "business_unit varchar, activity_date date, purchase_occasions_count integer, "
            "net_revenue decimal(18, 2))"
        )
        connection.executemany(
            "insert into intermediate.int_customers__known_activity values (?, ?, ?, 1, ?)", rows
        )
        yield connection
