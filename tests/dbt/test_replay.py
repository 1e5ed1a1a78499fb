"""Random landings against a replay in plain Python: history, orders, months, value and scores.

Few keys and few contents, so that changes, repeats, deletions and returns collide all the time.
The catalogue's cases 36, 38, 39, 40, 42, 70 and 72 all occur in them many times over.
"""

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.dbt import replay
from tests.dbt.building import Batch, Row, build, query, write_landing

FIRST_NIGHT = dt.date(2017, 3, 2)
NIGHTS = 14
LAST_NIGHT = FIRST_NIGHT + dt.timedelta(days=NIGHTS)
HOUSEHOLDS = range(1, 25)
PRODUCTS = range(1, 7)
NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


@dataclass
class World:
    """One random landing, and the warehouse built from it."""

    batches: list[Batch]
    as_of_date: dt.date
    database: Path

    def of(self, table: str) -> list[Batch]:
        return [batch for batch in self.batches if batch.table == table]

    def rows(self, sql: str) -> Counter[tuple[Any, ...]]:
        return Counter(query(self.database, sql))

    @property
    def customers(self) -> dict[int, replay.Life]:
        return replay.replay_customers(self.of("households"), self.as_of_date)

    @property
    def known_customers(self) -> set[int]:
        return {
            household
            for household, life in self.customers.items()
            if any(_is_real(interval, self.as_of_date) for interval in life.intervals)
        }

    @property
    def lines(self) -> list[Row]:
        return replay.newest(self.of("order_lines"), "basket_id", "product_id")

    @property
    def movements(self) -> list[replay.Movement]:
        returns = replay.newest(self.of("returns"), "return_id")
        return replay.movements(self.lines, returns, self.known_customers, self.as_of_date)


def _is_real(interval: replay.Interval, as_of_date: dt.date) -> bool:
    return interval.valid_from != interval.valid_to and interval.valid_from <= as_of_date


def household_batches(chance: random.Random) -> list[Batch]:
    """Return nights of a CRM that changes, repeats, deletes, restores and sometimes lists nothing.

    Some nights are loaded twice, some list no keys, and a listing may name a household whose row
    never came, as rows in quarantine do.
    """
    batches = []
    contents: dict[int, str] = {}
    for number in range(NIGHTS + 3):
        night = FIRST_NIGHT + dt.timedelta(days=min(number * 4 // 5, NIGHTS))
        for household in HOUSEHOLDS:
            if chance.random() < (0.6 if number == 0 else 0.12):
                contents[household] = chance.choice(["19-24", "25-34", "35-44"])
            elif chance.random() < 0.08:
                contents.pop(household, None)
        is_wiped = number == 9
        listed = [] if is_wiped else [*contents, *chance.sample(HOUSEHOLDS, 1)]
        batches.append(
            Batch(
                "retail_crm",
                "households",
                night,
                [
                    {
                        "household_id": household,
                        "enrolled_on": dt.date(2017, 2, 20) + dt.timedelta(days=household),
                        "age_band": content,
                        "updated_at": dt.datetime(2017, 3, 1, tzinfo=dt.UTC),
                    }
                    for household, content in contents.items()
                    if chance.random() < 0.5 and not is_wiped
                ],
                listing=(
                    [(household,) for household in sorted(set(listed))]
                    if is_wiped or chance.random() < 0.7
                    else None
                ),
            )
        )
    return batches


def order_batches(chance: random.Random) -> list[Batch]:
    """Return daily files that also repeat and correct lines of days before, and come in any order.

    Half of a basket's household numbers are of households the CRM may not know yet.
    """
    batches = []
    sold: dict[tuple[int, int], Row] = {}
    for day in range(NIGHTS + 2):
        start = dt.datetime.combine(FIRST_NIGHT, dt.time()) + dt.timedelta(days=day - 1)
        rows: dict[tuple[int, int], Row] = {}
        for basket in range(day * 3, day * 3 + 3):
            instant = start + dt.timedelta(minutes=chance.randrange(36 * 60))
            household = chance.choice([*HOUSEHOLDS, 99])
            for product in chance.sample(PRODUCTS, chance.randrange(1, 3)):
                rows[basket, product] = {
                    "household_id": household,
                    "store_id": 1,
                    "basket_id": basket,
                    "product_id": product,
                    "quantity": chance.randrange(3),
                    "sales_value": _money(chance),
                    "retail_disc": _money(chance),
                    "coupon_disc": _money(chance),
                    "coupon_match_disc": _money(chance),
                    "transaction_timestamp": instant,
                }
        for key in chance.sample(sorted(sold), min(len(sold), 3)):
            again = chance.choice([sold[key], sold[key] | {"sales_value": _money(chance)}])
            rows[key] = again
        sold |= rows
        name = f"orders/{start.date() + dt.timedelta(days=1)}.csv"
        batches.append(Batch("retail_shop", "order_lines", LAST_NIGHT, [*rows.values()], name))
    chance.shuffle(batches)
    return batches


def return_batches(chance: random.Random, lines: list[Row]) -> list[Batch]:
    """Return refunds that fit, come twice, exceed the sale, come too early or name no order."""
    batches = []
    for number in range(3):
        rows = [
            {
                "return_id": chance.randrange(20),
                "basket_id": chance.choice([line["basket_id"], 777]),
                "product_id": chance.choice([line["product_id"], 6]),
                "quantity": 1,
                "refund_value": _money(chance),
                "returned_at": line["transaction_timestamp"]
                + dt.timedelta(hours=chance.randrange(-30, 100)),
            }
            for line in chance.sample(lines, 9)
        ]
        unique = {row["return_id"]: row for row in rows}
        batches.append(
            Batch("retail_shop", "returns", LAST_NIGHT, [*unique.values()], f"returns/{number}.csv")
        )
    return batches


def product_batches(chance: random.Random) -> list[Batch]:
    """Return three product lists, the newest delivered first; product 6 is on none of them."""
    batches = []
    for number in (3, 1, 2):
        rows = [
            {"product_id": product, "manufacturer_id": 1, "brand": chance.choice(["A", "B"])}
            for product in chance.sample(range(1, 6), 4)
        ]
        listing = [(row["product_id"],) for row in rows]
        name = f"products/{number}.csv"
        batches.append(Batch("retail_shop", "products", FIRST_NIGHT, rows, name, listing))
    return batches


def _money(chance: random.Random) -> Decimal:
    return Decimal(chance.choice([0, 1, 50, 199, 201, 1000])) / 100


def build_world(folder: Path, batches: list[Batch], as_of_date: dt.date) -> World:
    folder.mkdir()
    world = World(batches, as_of_date, folder / "candidate.duckdb")
    write_landing(world.database, batches)
    build(world.database, as_of_date, *NO_UNIT_TESTS)
    return world


def random_batches(seed: int) -> list[Batch]:
    chance = random.Random(seed)
    orders = order_batches(chance)
    lines = replay.newest(orders, "basket_id", "product_id")
    return [
        *household_batches(chance),
        *orders,
        *return_batches(chance, lines),
        *product_batches(chance),
    ]


@pytest.fixture(scope="module", params=[(1, LAST_NIGHT), (2, FIRST_NIGHT + dt.timedelta(days=8))])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world seen after its last night, and one seen as of a night when half was still to come."""
    seed, as_of_date = request.param
    folder = tmp_path_factory.mktemp("worlds") / str(seed)
    return build_world(folder, random_batches(seed), as_of_date)


def test_customer_history_is_what_a_clerk_would_have_written(world: World) -> None:
    expected = Counter(
        (f"retail-{key}", one.content["age_band"], one.valid_from, one.valid_to)
        for key, life in world.customers.items()
        for one in life.intervals
        if _is_real(one, world.as_of_date)
    )

    found = world.rows(
        "select customer_id, age_band, valid_from_date, valid_to_date "
        "from marts.dim_customers_history"
    )

    assert found == expected


def test_deleted_customers_are_those_without_a_valid_interval(world: World) -> None:
    expected = Counter(
        (f"retail-{key}", world.customers[key].current is None) for key in world.known_customers
    )

    found = world.rows(
        "select customer_id, is_deleted from marts.dim_customers where not is_unknown"
    )

    assert found == expected


def test_products_are_those_of_the_newest_list_whenever_it_came(world: World) -> None:
    expected = Counter(
        (f"retail-{key}", row["brand"], is_deleted)
        for key, (row, is_deleted) in replay.replay_products(world.of("products")).items()
    )

    found = world.rows(
        "select product_id, brand, is_deleted from marts.dim_products where not is_unknown"
    )

    assert found == expected


def test_lines_are_those_of_the_newest_file_before_the_as_of_date(world: World) -> None:
    products = replay.replay_products(world.of("products"))
    expected = Counter(
        (
            f"retail-{line['basket_id']}",
            f"retail-{line['product_id']}" if line["product_id"] in products else replay.UNKNOWN,
            line["sales_value"] + line["retail_disc"] + line["coupon_match_disc"],
            line["sales_value"],
            line["coupon_disc"],
        )
        for line in world.lines
        if replay.business_day(line["transaction_timestamp"]) < world.as_of_date
    )

    found = world.rows(
        "select order_id, product_id, gross_revenue, sales_revenue, coupon_discount "
        "from marts.fct_order_lines"
    )

    assert found == expected


def test_customer_months_are_those_of_a_ledger(world: World) -> None:
    found = world.rows(
        "select customer_id, month_start_date, orders_count, purchase_occasions_count, "
        "sales_revenue, refund, cumulative_net_revenue from marts.fct_customer_months"
    )

    assert found == Counter(replay.replay_months(world.movements, world.as_of_date))


def test_customer_value_is_that_of_a_ledger(world: World) -> None:
    found = world.rows(
        "select customer_id, orders_count, net_revenue, discounted_net_revenue, tenure_days "
        "from marts.fct_customer_value"
    )

    assert found == Counter(replay.replay_value(world.movements, world.as_of_date))


def test_recency_frequency_and_money_are_those_of_a_ledger(world: World) -> None:
    found = world.rows(
        "select customer_id, recency_days, window_occasions_count, window_net_revenue, "
        "window_mean_net_revenue, recency_score, frequency_score, monetary_score "
        "from marts.fct_customer_rfm"
    )

    assert found == Counter(replay.replay_rfm(world.movements, world.as_of_date))


def test_the_worlds_hold_what_they_are_meant_to_try(world: World) -> None:
    """A random test that never meets a deletion proves nothing."""
    outcomes = {
        outcome: count
        for outcome, count in query(
            world.database,
            "select outcome, sum(rows_count) from intermediate.int_batches__outcomes group by 1",
        )
    }
    flags = query(
        world.database,
        "select count(*), sum(cast(is_order_unknown as int)), sum(cast(is_line_unknown as int)), "
        "sum(cast(is_repeated as int)), sum(cast(is_above_sale as int)) from marts.fct_refunds",
    )[0]
    returned = query(
        world.database,
        "select count(*) from intermediate.int_retail_households__history where not is_landed",
    )[0][0]

    assert sum(outcomes.values()) > 250
    assert all(outcomes[name] >= 5 for name in ("loaded", "superseded", "duplicate", "deleted"))
    assert min(flags) > 0
    assert returned > 0
    assert any(move.customer == replay.UNKNOWN for move in world.movements)


def test_the_order_of_delivery_changes_no_mart(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files come the other way round, two of them at once; databases keep their order."""
    databases = [batch for batch in world.batches if batch.source_file is None]
    files = [batch for batch in reversed(world.batches) if batch.source_file is not None]
    folder = tmp_path_factory.mktemp("again") / "world"

    again = build_world(folder, [*databases, *files], world.as_of_date)

    assert digests(again.database) == digests(world.database)


def digests(database: Path) -> list[tuple[Any, ...]]:
    """Return each mart with a hash of its rows in order."""
    marts = query(
        database, "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
    )
    return [
        (mart, query(database, f"select md5(string_agg(cast(t as varchar), '|' order by t)) "
                               f"from (select row(*columns(*)) as t from marts.{mart})"))
        for (mart,) in marts
    ]
