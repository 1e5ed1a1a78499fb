import datetime as dt

import duckdb
import pytest
from customer_value.prediction.history import digest_of, first_day, read_histories

DAY = dt.date(2024, 3, 1)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """Customer a bought twice before March and once in it; b once, with a refund; c in March; d
    only gave something back."""
    connection = duckdb.connect()
    connection.execute("create schema intermediate")
    connection.execute(
        "create table intermediate.int_customers__known_activity as "
        "select * from (values "
        "('a', 'shop', date '2024-01-01', 1, 10.00), ('a', 'shop', date '2024-01-11', 1, 20.00), "
        "('a', 'shop', date '2024-03-05', 1, 7.00), ('b', 'shop', date '2024-02-20', 1, 7.00), "
        "('b', 'shop', date '2024-02-25', 0, -2.00), ('d', 'shop', date '2024-02-25', 0, -2.00), "
        "('c', 'shop', date '2024-03-02', 1, 1.00), ('x', 'mill', date '2023-01-01', 1, 1.00)) "
        "as rows (customer_id, business_unit, activity_date, purchase_occasions_count, "
        "net_revenue)"
    )
    return connection


def test_a_history_counts_what_came_before_the_day(connection: duckdb.DuckDBPyConnection):
    found = read_histories(connection, "shop", DAY)

    assert found.repeat_occasions.tolist() == [1, 0]
    assert found.age_at_last_purchase.tolist() == [10, 0]
    assert found.age.tolist() == [60, 10], "1 January and 20 February to 1 March 2024"
    assert found.mean_value.tolist() == [15, 5]
    assert found.last_month_occasions.tolist() == [0, 1]
    assert found.last_quarter_value.tolist() == [30, 5]


def test_what_came_after_is_counted_up_to_the_horizon(connection: duckdb.DuckDBPyConnection):
    within = read_histories(connection, "shop", DAY, 5)
    short = read_histories(connection, "shop", DAY, 4)

    assert within.later_occasions.tolist() == [1, 0], "c is nobody's history yet"
    assert within.later_value.tolist() == [7, 0]
    assert short.later_occasions.tolist() == [0, 0]


def test_the_first_day_is_the_units_own(connection: duckdb.DuckDBPyConnection):
    assert first_day(connection, "shop") == dt.date(2024, 1, 1)
    assert first_day(connection, "nowhere") is None


def test_the_digest_moves_with_what_came_before_the_day_alone(
    connection: duckdb.DuckDBPyConnection,
):
    before = digest_of(connection, "shop", DAY)
    connection.execute(
        "insert into intermediate.int_customers__known_activity "
        "values ('d', 'shop', '2024-03-01', 1, 1.00)"
    )
    assert digest_of(connection, "shop", DAY) == before

    connection.execute(
        "insert into intermediate.int_customers__known_activity "
        "values ('d', 'shop', '2024-02-29', 1, 1.00)"
    )

    assert digest_of(connection, "shop", DAY) != before
