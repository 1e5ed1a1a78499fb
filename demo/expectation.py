"""What the year adds up to, by a path of its own: Python's Decimal and calendar, no SQL.

Money is in whole cents, so that sums are exact and equality means equality.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from demo.source_data import LAST_DAY, TIME_ZONE, data_file

MONEY = ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")
NOISE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts and cents of some order lines; ``households`` are those seen for the first time."""

    lines: int = 0
    baskets: int = 0
    households: int = 0
    sales_cents: int = 0
    retail_disc_cents: int = 0
    coupon_disc_cents: int = 0
    coupon_match_disc_cents: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Totals(*(mine + theirs for mine, theirs in pairs))

    @property
    def sales(self) -> Decimal:
        """Sales with two decimals."""
        return Decimal(self.sales_cents).scaleb(-2)


def expected_days(one_household_in: int = 1) -> Mapping[date, Totals]:
    """Return the totals of each business day on which something was sold, in order of days."""
    return _expected_days(one_household_in)


def expected_until(day: date = LAST_DAY, one_household_in: int = 1) -> Totals:
    """Return the totals of every business day up to and including ``day``."""
    days = _expected_days(one_household_in).items()
    return sum((totals for business_day, totals in days if business_day <= day), start=Totals())


@cache
def _expected_days(one_household_in: int) -> Mapping[date, Totals]:
    table = pq.read_table(data_file("transactions"))
    seconds = table.column("transaction_timestamp").cast("timestamp[s]").cast("int64")
    columns = {
        "day": _each_distinct(pc.divide(seconds, 3600), _business_day, pa.date32()),
        "household": table.column("household_id"),
        "basket": table.column("basket_id"),
    }
    for name in MONEY:
        columns[name] = _each_distinct(table.column(name), _cents, pa.int64())
    lines = pa.table(columns)
    multiple = pc.multiply(pc.divide(lines["household"], one_household_in), one_household_in)
    lines = lines.filter(pc.equal(lines["household"], multiple))

    first_days = lines.group_by("household").aggregate([("day", "min")])
    new_households = Counter(first_days["day_min"].to_pylist())
    sums = [(name, "sum") for name in MONEY]
    days = lines.group_by("day").aggregate([([], "count_all"), ("basket", "count_distinct"), *sums])
    totals = {
        row["day"]: Totals(
            row["count_all"],
            row["basket_count_distinct"],
            new_households[row["day"]],
            *(row[f"{name}_sum"] for name in MONEY),
        )
        for row in days.sort_by("day").to_pylist()
    }
    return MappingProxyType(totals)


def _each_distinct(column: pa.ChunkedArray, convert: Callable[[Any], Any], kind: Any) -> pa.Array:
    """Return the column with every value converted, each distinct one once."""
    encoded = column.combine_chunks().dictionary_encode()
    return pa.array(map(convert, encoded.dictionary.to_pylist()), kind).take(encoded.indices)


def _business_day(hour_since_1970: int) -> date:
    # New York is a whole number of hours from UTC, so an hour has one business day.
    return datetime.fromtimestamp(hour_since_1970 * 3600, ZoneInfo(TIME_ZONE)).date()


def _cents(amount: float) -> int:
    exact = Decimal(repr(amount))
    # The data writes nothing as 1.6653e-16 at times: noise is fine, a third decimal is not.
    if abs(exact - round(exact, 2)) > NOISE:
        raise ValueError(f"{amount!r} has more than two decimals: not an amount of money.")
    return int(round(exact, 2).scaleb(2))
