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
from tests.dbt.building import AS_OF_DATE, Batch, Row, Workshop, query
from tests.pruned import prune_project

pytestmark = pytest.mark.seconds(25)

MARTS = frozenset(
    {
        "dim_customers",
        "dim_customers_history",
        "dim_products",
        "fct_customer_months",
        "fct_customer_rfm",
        "fct_customer_value",
        "fct_customer_value_bridge",
        "fct_order_lines",
        "fct_refunds",
    }
)
NIGHTS = 14
HOUSEHOLDS = range(1, 25)
PRODUCTS = range(1, 7)


@dataclass
class World:
    """One random landing, and the warehouse built from it."""

    batches: list[Batch]
    database: Path

    def of(self, table: str) -> list[Batch]:
        return [batch for batch in self.batches if batch.table == table]

    def rows(self, sql: str) -> Counter[tuple[Any, ...]]:
        return Counter(query(self.database, sql))

    @property
    def customers(self) -> dict[int, replay.Life]:
        return replay.replay_customers(self.of("households"), AS_OF_DATE)

    @property
    def known_customers(self) -> set[int]:
        return {
            household
            for household, life in self.customers.items()
            if any(_is_real(interval) for interval in life.intervals)
        }

    @property
    def lines(self) -> list[Row]:
        return replay.newest(self.of("order_lines"), "basket_id", "product_id")

    @property
    def movements(self) -> list[replay.Movement]:
        returns = replay.newest(self.of("returns"), "return_id")
        return replay.movements(self.lines, returns, self.known_customers, AS_OF_DATE)


def _is_real(interval: replay.Interval) -> bool:
    return interval.valid_from != interval.valid_to


def household_batches(chance: random.Random, first_night: dt.date) -> list[Batch]:
    """Return nights of a CRM that changes, repeats, deletes, restores and sometimes lists nothing.

    Some nights are loaded twice, some list no keys, and a listing may name a household whose row
    never came, as rows in quarantine do.
    """
    batches = []
    contents: dict[int, str] = {}
    for number in range(NIGHTS + 3):
        night = first_night + dt.timedelta(days=number * 7 // 8)
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


def order_batches(chance: random.Random, first_night: dt.date) -> list[Batch]:
    """Return daily files that also repeat and correct lines of days before, and come in any order.

    Half of a basket's household numbers are of households the CRM may not know yet.
    """
    batches = []
    sold: dict[tuple[int, int], Row] = {}
    for day in range(NIGHTS + 2):
        start = dt.datetime.combine(first_night, dt.time()) + dt.timedelta(days=day - 1)
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
        batches.append(Batch("retail_shop", "order_lines", AS_OF_DATE, [*rows.values()], name))
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
            Batch("retail_shop", "returns", AS_OF_DATE, [*unique.values()], f"returns/{number}.csv")
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
        batches.append(Batch("retail_shop", "products", AS_OF_DATE, rows, name, listing))
    return batches


def _money(chance: random.Random) -> Decimal:
    return Decimal(chance.choice([0, 1, 50, 199, 201, 1000])) / 100


def random_batches(seed: int, first_night: dt.date) -> list[Batch]:
    chance = random.Random(seed)
    orders = order_batches(chance, first_night)
    lines = replay.newest(orders, "basket_id", "product_id")
    return [
        *household_batches(chance, first_night),
        *orders,
        *return_batches(chance, lines),
        *product_batches(chance),
    ]


def build_world(workshop: Workshop, batches: list[Batch], database: Path) -> World:
    workshop.build(batches, database, "--exclude-resource-type", "unit_test")
    return World(batches, database)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A workshop for the marts that are replayed, and those they need."""
    folder = tmp_path_factory.mktemp("replay")
    return Workshop(folder, prune_project(folder / "project", MARTS))


@pytest.fixture(scope="module")
def worlds(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """A world seen after its last night, and one of which half is still to come."""
    folder = tmp_path_factory.mktemp("worlds")
    return {
        name: build_world(
            workshop,
            random_batches(seed, AS_OF_DATE - dt.timedelta(days=nights)),
            folder / f"{name}.duckdb",
        )
        for seed, (name, nights) in enumerate([("whole", NIGHTS), ("halfway", NIGHTS // 2)])
    }


@pytest.fixture(params=["whole", "halfway"])
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    return worlds[request.param]


def test_customer_history_is_what_a_clerk_would_have_written(world: World) -> None:
    expected = Counter(
        (f"retail-{key}", one.content["age_band"], one.valid_from, one.valid_to)
        for key, life in world.customers.items()
        for one in life.intervals
        if _is_real(one)
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
        if replay.business_day(line["transaction_timestamp"]) < AS_OF_DATE
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

    assert found == Counter(replay.replay_months(world.movements, AS_OF_DATE))


def test_customer_value_is_that_of_a_ledger(world: World) -> None:
    found = world.rows(
        "select customer_id, orders_count, net_revenue, discounted_net_revenue, tenure_days "
        "from marts.fct_customer_value"
    )

    assert found == Counter(replay.replay_value(world.movements, AS_OF_DATE))


def test_recency_frequency_and_money_are_those_of_a_ledger(world: World) -> None:
    found = world.rows(
        "select customer_id, recency_days, window_occasions_count, window_net_revenue, "
        "window_mean_net_revenue, recency_score, frequency_score, monetary_score "
        "from marts.fct_customer_rfm"
    )

    assert found == Counter(replay.replay_rfm(world.movements, AS_OF_DATE))


def test_the_worlds_hold_what_they_are_meant_to_try(world: World) -> None:
    """A random test that never meets a deletion proves nothing."""
    outcomes: dict[str, int] = dict(
        query(
            world.database,
            "select outcome, count(*) from ("
            "select outcome from intermediate.int_retail_households__history union all "
            "select outcome from intermediate.int_retail_products__history union all "
            "select outcome from intermediate.int_retail_order_lines__redelivered union all "
            "select outcome from intermediate.int_retail_returns__redelivered) group by 1",
        )
    )
    flags = query(
        world.database,
        "select count(*), sum(cast(is_order_unknown as int)), sum(cast(is_line_unknown as int)), "
        "sum(cast(is_repeated as int)), sum(cast(is_above_sale as int)) from marts.fct_refunds",
    )[0]
    returned = query(
        world.database,
        "select count(*) from intermediate.int_retail_households__history where not is_landed",
    )[0][0]

    assert all(outcomes[name] >= 5 for name in ("loaded", "superseded", "duplicate", "deleted"))
    assert min(flags) > 0
    assert returned > 0
    assert any(move.customer == replay.UNKNOWN for move in world.movements)


def test_the_order_of_delivery_changes_no_mart(
    workshop: Workshop, worlds: dict[str, World], tmp_path: Path
) -> None:
    """The same files come the other way round; databases keep their order."""
    world = worlds["whole"]
    databases = [batch for batch in world.batches if batch.source_file is None]
    files = [batch for batch in reversed(world.batches) if batch.source_file is not None]

    again = build_world(workshop, [*databases, *files], tmp_path / "again.duckdb")

    assert digests(again.database) == digests(world.database)


def digests(database: Path) -> list[tuple[Any, ...]]:
    """Return each mart with a hash of its rows in order."""
    marts = query(
        database, "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
    )
    return [
        (
            mart,
            query(
                database,
                "select count(*), md5(string_agg(content, '|' order by content)) "
                f"from (select cast(row(*columns(*)) as varchar) as content from marts.{mart})",
            ),
        )
        for (mart,) in marts
    ]
