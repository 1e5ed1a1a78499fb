"""The digest stands for a table's content: what differs gives another, and nothing else does."""

import duckdb
import pytest
from customer_value.warehouse.digest import table_digest

ROWS = [(1, 2, "a"), (2, 1, "a"), (3, None, "b")]


def digest_of(rows: list[tuple[object, ...]]) -> str:
    with duckdb.connect() as connection:
        connection.execute("create table t (a integer, b integer, c varchar)")
        for row in rows:
            connection.execute("insert into t values (?, ?, ?)", row)
        return table_digest(connection, "main", "t")


def test_the_order_of_rows_does_not_matter():
    assert digest_of(ROWS) == digest_of(ROWS[::-1])


@pytest.mark.parametrize(
    "other",
    [
        ROWS[:2],
        [*ROWS, ROWS[0]],
        [ROWS[0], ROWS[0], ROWS[2]],
        [(2, 1, "a"), (2, 1, "a"), (3, None, "b")],
        [(1, 1, "a"), (2, 2, "a"), (3, None, "b")],
        [(1, 2, "a"), (2, 1, "a"), (None, 3, "b")],
        [(1, 2, "a"), (2, 1, "b"), (3, None, "a")],
    ],
    ids=[
        "a row less",
        "a row twice",
        "a row in place of another",
        "columns swapped in one row",
        "a column swapped between rows",
        "an unknown value in another column",
        "texts swapped between rows",
    ],
)
def test_other_content_has_another_digest(other: list[tuple[object, ...]]):
    assert digest_of(other) != digest_of(ROWS)


def test_an_empty_table_has_one_too():
    assert digest_of([]) == "0:0:0"
