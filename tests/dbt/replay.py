"""The marts once more, in plain Python: no SQL, no windows, one event after the other."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.dbt.building import Batch, Row

SHOP_ZONE = ZoneInfo("America/New_York")
CENT = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
ZERO = Decimal("0.00")
UNKNOWN = "retail-unknown"


def business_day(instant: dt.datetime) -> dt.date:
    """Return the calendar day in the shop at a UTC instant."""
    return instant.replace(tzinfo=dt.UTC).astimezone(SHOP_ZONE).date()


@dataclass
class Interval:
    """Content and the days it was valid, half open; no end while it is valid."""

    content: Row
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass
class Life:
    """All intervals of one key, empty ones among them."""

    intervals: list[Interval] = field(default_factory=list)

    @property
    def current(self) -> Interval | None:
        last = self.intervals[-1] if self.intervals else None
        return last if last and last.valid_to is None else None

    def end(self, day: dt.date) -> None:
        if self.current:
            self.current.valid_to = day


def replay_customers(batches: Iterable[Batch], as_of_date: dt.date) -> dict[int, Life]:
    """Return each household's history as a clerk would keep it who sees one batch a night."""
    lives: dict[int, Life] = defaultdict(Life)
    for number, batch in enumerate(batches):
        day = batch.observed_date
        if day > as_of_date:
            break
        for row in batch.rows:
            content = {name: value for name, value in row.items() if name != "updated_at"}
            life = lives[row["household_id"]]
            if life.current and life.current.content == content:
                continue
            is_first = number == 0 and not life.intervals
            start = min(row["enrolled_on"], day) if is_first else day
            life.end(day)
            life.intervals.append(Interval(content, start))
        if batch.listing is None:
            continue
        listed = {key for (key,) in batch.listing}
        for household, life in lives.items():
            if household not in listed:
                life.end(day)
            elif life.intervals and not life.current:
                life.intervals.append(Interval(life.intervals[-1].content, day))
    return lives


def replay_products(batches: Iterable[Batch]) -> dict[int, tuple[Row, bool]]:
    """Return each product's newest content and whether the newest list misses it."""
    content: dict[int, Row] = {}
    listed: set[int] = set()
    for batch in sorted(batches, key=lambda batch: batch.source_file or ""):
        content |= {row["product_id"]: row for row in batch.rows}
        listed = {row["product_id"] for row in batch.rows}
    return {product: (row, product not in listed) for product, row in content.items()}


def newest(batches: Iterable[Batch], *key: str) -> list[Row]:
    """Return the rows that count: for each key that of the file with the last name."""
    rows: dict[tuple[Any, ...], Row] = {}
    for batch in sorted(batches, key=lambda batch: batch.source_file or ""):
        rows |= {tuple(row[name] for name in key): row for row in batch.rows}
    return list(rows.values())


@dataclass
class Movement:
    """What one order or refund did on its day."""

    customer: str
    day: dt.date
    sales: Decimal = ZERO
    refund: Decimal = ZERO
    is_order: bool = False


def movements(
    lines: list[Row], returns: list[Row], customers: set[int], as_of_date: dt.date
) -> list[Movement]:
    """Return every order and every refund before the as-of date, each with its customer."""
    orders: dict[int, Movement] = {}
    for line in lines:
        day = business_day(line["transaction_timestamp"])
        if day >= as_of_date:
            continue
        household = line["household_id"]
        customer = f"retail-{household}" if household in customers else UNKNOWN
        order = orders.setdefault(line["basket_id"], Movement(customer, day, is_order=True))
        order.sales += line["sales_value"]
    refunds = [
        Movement(
            orders[row["basket_id"]].customer if row["basket_id"] in orders else UNKNOWN,
            business_day(row["returned_at"]),
            refund=row["refund_value"],
        )
        for row in returns
    ]
    return [*orders.values(), *(one for one in refunds if one.day < as_of_date)]


def by_customer(moves: list[Movement]) -> dict[str, list[Movement]]:
    customers: dict[str, list[Movement]] = defaultdict(list)
    for move in moves:
        customers[move.customer].append(move)
    return customers


def net(moves: Iterable[Movement]) -> Decimal:
    return sum((move.sales - move.refund for move in moves), ZERO)


def occasions(moves: Iterable[Movement]) -> set[dt.date]:
    return {move.day for move in moves if move.is_order}


def replay_months(moves: list[Movement], as_of_date: dt.date) -> set[tuple[Any, ...]]:
    """Return customer, month, orders, occasions, sales, refunds and net to date, silence too."""
    rows = set()
    for customer, own in by_customer(moves).items():
        month = min(move.day for move in own).replace(day=1)
        while month < as_of_date:
            following = (month + dt.timedelta(days=31)).replace(day=1)
            inside = [move for move in own if month <= move.day < following]
            rows.add(
                (
                    customer,
                    month,
                    sum(move.is_order for move in inside),
                    len(occasions(inside)),
                    sum((move.sales for move in inside), ZERO),
                    sum((move.refund for move in inside), ZERO),
                    net(move for move in own if move.day < following),
                )
            )
            month = following
    return rows


def replay_value(moves: list[Movement], as_of_date: dt.date) -> set[tuple[Any, ...]]:
    """Return customer, orders, net value, the same discounted by 15 % a year, and tenure."""
    rows = set()
    for customer, own in by_customer(moves).items():
        days = sorted(occasions(own))
        start = days[0] if days else min(move.day for move in own)
        discounted = sum(
            (
                (move.sales - move.refund)
                * Decimal(1.15 ** (-(move.day - start).days / 365.0)).quantize(Decimal("1e-12"))
                for move in own
            ),
            ZERO,
        )
        rows.add(
            (
                customer,
                sum(move.is_order for move in own),
                net(own),
                discounted.quantize(CENT, ROUND_HALF_UP),
                (as_of_date - days[0]).days if days else None,
            )
        )
    return rows


def replay_rfm(moves: list[Movement], as_of_date: dt.date) -> set[tuple[Any, ...]]:
    """Return customer, R, F, M, mean value of an occasion, and the three scores."""
    start = as_of_date.replace(year=as_of_date.year - 2)
    measured: dict[str, tuple[int, int, Decimal]] = {}
    for customer, own in by_customer(moves).items():
        if customer == UNKNOWN:
            continue
        inside = [move for move in own if move.day >= start]
        recency = (as_of_date - max(occasions(own))).days
        measured[customer] = (recency, len(occasions(inside)), net(inside))
    return {
        (
            customer,
            recency,
            frequency,
            money,
            (money / frequency).quantize(MILLIONTH, ROUND_HALF_UP) if frequency else None,
            score([-other for other, _, _ in measured.values()], -recency),
            score([other for _, other, _ in measured.values()], frequency),
            score([other for _, _, other in measured.values()], money),
        )
        for customer, (recency, frequency, money) in measured.items()
    }


def score(everyone: list[Any], own: Any) -> int:
    """Return 1 + floor(5 x share of the others who are worse), at most 5."""
    worse = sum(other < own for other in everyone)
    others = len(everyone) - 1
    return min(5, 1 + 5 * worse // others) if others else 1
