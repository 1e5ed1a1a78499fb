"""Purchase histories and order lines of any size, from a seed, to measure on.

Every block of customers has a generator of its own, seeded by the seed and the block's number. So
memory stays that of one block, and the same seed gives the same rows. Nothing made here is
kept in the repository.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from customer_value.lifetime_value.beta_geometric import BetaGeometricParams
from customer_value.lifetime_value.gamma_gamma import GammaGammaParams
from customer_value.lifetime_value.pareto_nbd import ParetoNbdParams

Array = np.ndarray[Any, Any]
Truth = BetaGeometricParams | ParetoNbdParams

SEED = 20_250_101
AS_OF_DATE = dt.date(2025, 1, 1)
MONTHS = 24
FIRST_DATE = dt.date(AS_OF_DATE.year - MONTHS // 12, 1, 1)
DAYS = (AS_OF_DATE - FIRST_DATE).days

BG_NBD_TRUTH = BetaGeometricParams(r=0.25, alpha=30.0, a=0.8, b=2.5)  # CDNOW's customers, in days
PARETO_NBD_TRUTH = ParetoNbdParams(r=0.55, alpha=74.0, s=0.6, beta=82.0)
VALUE_TRUTH = GammaGammaParams(p=6.25, q=3.74, gamma=15.44)

HISTORIES_BLOCK = 500_000
LINES_BLOCK = 50_000
LINES_PER_CUSTOMER = 20
LINES_PER_ORDER = 4
PRODUCTS = 100_000
STORES = 500


@dataclass(frozen=True, slots=True)
class Histories:
    """One entry a customer: x, t_x and T in whole days, and the mean value of the occasions.

    Several purchases on a day are one occasion. The first is at 0, counts as none in x, and has a
    value.
    """

    repeat_occasions: Array
    age_at_last_purchase: Array
    age: Array
    mean_value: Array


def simulate_histories(customers: int, truth: Truth, rng: np.random.Generator) -> Histories:
    """Return what ``customers`` of a known truth did, acquired on any day of the window."""
    age = rng.integers(1, DAYS + 1, customers)
    rate = rng.gamma(truth.r, 1 / truth.alpha, customers)
    if isinstance(truth, ParetoNbdParams):
        lifetime = rng.exponential(1.0, customers) / rng.gamma(truth.s, 1 / truth.beta, customers)
        leaving = np.zeros(customers)
    else:
        lifetime = np.full(customers, np.inf)
        leaving = rng.beta(truth.a, truth.b, customers)
    end = np.minimum(age, lifetime)
    occasions = np.zeros(customers, dtype=np.int64)
    last_day = np.zeros(customers, dtype=np.int64)
    rows = np.arange(customers)
    now = np.zeros(customers)
    while rows.size:
        now = now + rng.exponential(1.0, rows.size) / rate[rows]
        is_in_time = now < end[rows]
        rows, now = rows[is_in_time], now[is_in_time]
        day = np.ceil(now).astype(np.int64)
        occasions[rows] += day > last_day[rows]
        last_day[rows] = day
        stays = rng.random(rows.size) >= leaving[rows]
        rows, now = rows[stays], now[stays]
    scale = rng.gamma(VALUE_TRUTH.q, 1 / VALUE_TRUTH.gamma, customers)
    count = occasions + 1
    mean_value = rng.gamma(VALUE_TRUTH.p * count) / (count * scale)
    return Histories(occasions, last_day, age, mean_value)


def write_histories(
    path: Path,
    customers: int,
    *,
    truth: Truth = BG_NBD_TRUTH,
    seed: int = SEED,
) -> None:
    """Write one row a customer to a Parquet file."""
    schema = pa.schema(
        {
            "customer_id": pa.int64(),
            "repeat_occasions": pa.int32(),
            "age_at_last_purchase": pa.int32(),
            "age": pa.int32(),
            "mean_value": pa.float64(),
        }
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for block, first in enumerate(range(0, customers, HISTORIES_BLOCK)):
            size = min(HISTORIES_BLOCK, customers - first)
            made = simulate_histories(size, truth, np.random.default_rng([seed, block]))
            columns = [
                np.arange(first + 1, first + size + 1),
                made.repeat_occasions.astype(np.int32),
                made.age_at_last_purchase.astype(np.int32),
                made.age.astype(np.int32),
                made.mean_value,
            ]
            writer.write_table(pa.table(columns, schema=schema))


@dataclass(frozen=True, slots=True)
class OrderBook:
    """Where an order book was written: ``lines`` are files by month, ``customers`` one file."""

    folder: Path
    customers_count: int
    lines_count: int

    @property
    def lines(self) -> Path:
        return self.folder / "lines-*.parquet"

    @property
    def customers(self) -> Path:
        return self.folder / "customers.parquet"


LINES = pa.schema(
    {
        "order_number": pa.int64(),
        "customer_number": pa.int64(),
        "product_number": pa.int32(),
        "store_number": pa.int32(),
        "quantity": pa.int32(),
        "gross_cents": pa.int32(),
        "discount_cents": pa.int32(),
        "ordered_at_utc": pa.timestamp("us"),
    }
)
CUSTOMERS = pa.schema({"customer_number": pa.int64(), "customer_since_date": pa.date32()})


def write_order_book(
    folder: Path, lines: int, *, one_time_share: float = 0.7, seed: int = SEED
) -> OrderBook:
    """Write about ``lines`` order lines of a twentieth as many customers over 24 months.

    Customers come evenly over the window; ``one_time_share`` of them buy once. Lines lie in one
    file a month, as they would have been delivered, so no customer's lines lie together.
    """
    folder.mkdir(parents=True)
    customers = max(1, lines // LINES_PER_CUSTOMER)
    repeat_orders = (lines / LINES_PER_ORDER / customers - one_time_share) / (1 - one_time_share)
    months = [
        pq.ParquetWriter(folder / f"lines-{month:02d}.parquet", LINES, compression="zstd")
        for month in range(MONTHS)
    ]
    starts = np.array(
        [
            np.datetime64(f"{FIRST_DATE.year + month // 12}-{month % 12 + 1:02d}-01", "D")
            for month in range(MONTHS)
        ]
    )
    written = orders = 0
    with pq.ParquetWriter(folder / "customers.parquet", CUSTOMERS, compression="zstd") as members:
        for block, first in enumerate(range(1, customers + 1, LINES_BLOCK)):
            size = min(LINES_BLOCK, customers + 1 - first)
            rng = np.random.default_rng([seed, block])
            since, table = _block_of_lines(size, repeat_orders, one_time_share, rng)
            numbers = np.arange(first, first + size)
            members.write_table(
                pa.table([numbers, since.astype("datetime64[D]")], schema=CUSTOMERS)
            )
            table["customer_number"] += first
            table["order_number"] += orders + 1
            orders = int(table["order_number"].max())
            month_of = np.searchsorted(starts, table["ordered_at_utc"], side="right") - 1
            order = np.argsort(month_of, kind="stable")
            edges = np.searchsorted(month_of[order], np.arange(MONTHS + 1))
            for month, writer in enumerate(months):
                rows = order[edges[month] : edges[month + 1]]
                if rows.size:
                    columns = [pa.array(table[each.name][rows]).cast(each.type) for each in LINES]
                    writer.write_table(pa.table(columns, schema=LINES))
            written += month_of.size
    for writer in months:
        writer.close()
    return OrderBook(folder, customers, written)


def _block_of_lines(
    customers: int, repeat_orders: float, one_time_share: float, rng: np.random.Generator
) -> tuple[Array, dict[str, Array]]:
    """Return the first day of each customer, and the lines of all, both counted from 0."""
    start = rng.integers(0, DAYS, customers)
    more = rng.random(customers) >= one_time_share
    # At least two orders of a repeat buyer, and a long tail: the mean is the one asked for.
    extra = 1 + rng.negative_binomial(1, 1 / max(1.0, repeat_orders - 1), customers)
    orders = np.where(more, 1 + extra, 1)
    customer = np.repeat(np.arange(customers), orders)
    is_first = np.r_[True, np.diff(customer) > 0]
    day = start[customer] + np.where(
        is_first, 0, rng.random(customer.size) * (DAYS - start[customer])
    ).astype(np.int64)
    second = rng.integers(14 * 3600, 22 * 3600, customer.size)
    taste = np.exp(rng.normal(0.0, 0.5, customers))
    order = np.repeat(np.arange(customer.size), 1 + rng.poisson(LINES_PER_ORDER - 1, customer.size))
    price = np.exp(rng.normal(1.0, 0.8, order.size)) * taste[customer[order]]
    gross = np.maximum(1, (100 * price)).astype(np.int64)
    is_reduced = rng.random(order.size) < 0.3
    since = np.datetime64(FIRST_DATE, "D")
    return since + start, {
        "order_number": order,
        "customer_number": customer[order],
        "product_number": rng.integers(1, PRODUCTS + 1, order.size),
        "store_number": 1 + customer[order] % STORES,
        "quantity": 1 + rng.poisson(0.4, order.size),
        "gross_cents": gross,
        "discount_cents": np.where(is_reduced, gross // 5, 0),
        "ordered_at_utc": (
            since.astype("datetime64[us]")
            + (86_400 * day[order] + second[order]).astype("timedelta64[s]")
        ),
    }
