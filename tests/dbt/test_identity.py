"""Merges, a circle, an undoing and an orphan between two nights: money moves and none is lost.

The bridge opens on 1 March 2017 and looks back from 16 March. The first night was in February; the
second, on 10 March, brought what has happened to identities since.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.building import Batch, Row, Workshop, query

FIRST, SECOND = dt.date(2017, 2, 20), dt.date(2017, 3, 10)
FEBRUARY = dt.date(2017, 2, 1)
# Account 1 went into 2, and 4 into 5, before the opening.
MERGES = [(1, 1, 2, "merge", None, 10), (2, 4, 5, "merge", None, 11)]
# Since then 2 went into 3; 3 into 1 would close a circle; 4 was parted from 5 again.
LATER_MERGES = [
    (3, 2, 3, "merge", None, 33),
    (4, 3, 1, "merge", None, 34),
    (5, 4, 5, "undo", 2, 35),
]
# Customer number 6 is on an order before any system knows it.
AMOUNTS = {1: 100, 2: 200, 3: 400, 4: 800, 5: 1600, 6: 3200}


def at_noon(day_of_february: int) -> dt.datetime:
    """Return noon of the nth day from the start of February."""
    return dt.datetime.combine(FEBRUARY, dt.time(12), dt.UTC) + dt.timedelta(day_of_february - 1)


def batch(system: str, table: str, day: dt.date, rows: list[Row], keys: list[Any]) -> Batch:
    listing = [key if isinstance(key, tuple) else (key,) for key in keys]
    return Batch(f"industrial_{system}", table, day, rows, listing=listing)


def accounts(numbers: range) -> list[Row]:
    return [
        {
            "account_id": number,
            "name": f"Company {number}",
            "customer_number": f"K{number}",
            "customer_type": "business",
            "chain_role": "end_user",
            "is_key_account": False,
            "created_on": dt.date(2016, 1, number),
            "updated_at": at_noon(1),
        }
        for number in numbers
    ]


def customers(numbers: range) -> list[Row]:
    return [
        {
            "customer_number": f"K{number}",
            "name": f"Customer {number}",
            "currency_code": "CNY",
            "is_test": False,
            "created_on": dt.date(2016, 1, number),
            "updated_at": at_noon(1),
        }
        for number in numbers
    ]


def merges(events: list[tuple[Any, ...]]) -> list[Row]:
    names = ("merge_id", "losing_account_id", "surviving_account_id", "merge_kind")
    return [
        dict(zip(names, event, strict=False))
        | {"undoes_merge_id": event[4], "merged_at": at_noon(event[5])}
        for event in events
    ]


def order(number: int, customer: int, day_of_february: int) -> Row:
    return {
        "order_id": number,
        "customer_number": f"K{customer}",
        "currency_code": "CNY",
        "status": "delivered",
        "ordered_at": at_noon(day_of_february),
    }


def line(number: int, amount: int) -> Row:
    price = Decimal(amount)
    piece = {"product_id": 1, "is_service": False, "quantity": 1}
    return {"order_id": number, "line_number": 1, "list_price": price, "paid_price": price} | piece


@pytest.fixture(scope="module")
def database(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    known, all_of_them = range(1, 6), range(1, 7)
    refund = {"refund_id": 1, "order_id": 1, "line_number": 1, "quantity": 1}
    refund |= {"refund_amount": Decimal(5), "refunded_at": at_noon(15)}
    first = [
        batch("crm", "accounts", FIRST, accounts(known), [*known]),
        batch("crm", "account_merges", FIRST, merges(MERGES), [1, 2]),
        batch("erp", "customers", FIRST, customers(known), [f"K{key}" for key in known]),
        batch("erp", "orders", FIRST, [order(key, key, 3) for key in AMOUNTS], [*AMOUNTS]),
        batch(
            "erp",
            "order_lines",
            FIRST,
            [line(key, amount) for key, amount in AMOUNTS.items()],
            [(key, 1) for key in AMOUNTS],
        ),
        batch("erp", "refunds", FIRST, [refund], [1]),
    ]
    orders = [*AMOUNTS, 7]
    second = [
        batch("crm", "accounts", SECOND, accounts(range(6, 7)), [*all_of_them]),
        batch("crm", "account_merges", SECOND, merges(LATER_MERGES), [1, 2, 3, 4, 5]),
        batch(
            "erp", "customers", SECOND, customers(range(6, 7)), [f"K{key}" for key in all_of_them]
        ),
        batch("erp", "orders", SECOND, [order(7, 1, 37)], orders),
        batch("erp", "order_lines", SECOND, [line(7, 10)], [(key, 1) for key in orders]),
        batch("erp", "refunds", SECOND, [], [1]),
    ]
    finished = tmp_path_factory.mktemp("identity") / "warehouse.duckdb"
    workshop.build(
        first + second,
        finished,
        *("--select", "+fct_customer_value_bridge", "+fct_customer_identities"),
        *("--exclude-resource-type", "unit_test"),
    )
    return finished


def test_value_moves_with_the_identity_and_the_bridge_says_so(database: Path) -> None:
    """2 is gone into 3 with what it and 1 brought, 4 has its own again, 6 what waited for it."""
    bridge = query(
        database,
        "select customer_id, cast(opening_net_revenue as int), cast(identity_change as int), "
        "cast(new_orders_change as int), cast(closing_net_revenue as int) "
        "from marts.fct_customer_value_bridge where business_unit = 'industrial' order by all",
    )

    assert bridge == [
        ("industrial-2", 295, -295, 0, 0),
        ("industrial-3", 400, 295, 10, 705),
        ("industrial-4", 0, 800, 0, 800),
        ("industrial-5", 2400, -800, 0, 1600),
        ("industrial-6", 0, 3200, 0, 3200),
        ("industrial-unknown", 3200, -3200, 0, 0),
    ]


def test_no_identity_changes_a_total(database: Path) -> None:
    """All orders bring 6,310.00 and 5.00 was given back; 10.00 of it is new."""
    totals = query(
        database,
        "select sum(opening_net_revenue), sum(identity_change), sum(late_data_change), "
        "sum(new_orders_change), sum(closing_net_revenue) from marts.fct_customer_value_bridge",
    )

    assert totals == [tuple(Decimal(f"{value}.00") for value in (6295, 0, 0, 10, 6305))]


def test_the_merge_that_closes_a_circle_moves_nobody(database: Path) -> None:
    keys = query(
        database,
        "select source_key, customer_id, identity_rule, evidence "
        "from marts.fct_customer_identities where key_kind = 'account' order by source_key",
    )

    assert keys == [
        ("1", "industrial-3", "merge", "merge 1"),
        ("2", "industrial-3", "merge", "merge 3"),
        ("3", "industrial-3", "own_number", "3"),
        ("4", "industrial-4", "own_number", "4"),
        ("5", "industrial-5", "own_number", "5"),
        ("6", "industrial-6", "own_number", "6"),
    ]
