"""Customers' histories as they stood on a day, and what they did after it, out of a candidate.

All from a relation of one row a customer and business day with an order or a refund: ``KNOWN``, by
which a late order counts on the day it was made, or ``KNOWN_AT_OPENING``, what the load of the
bridge's opening date knew.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MONTH_DAYS = 30
# A holdout: long enough for most regulars to come back, short enough for several in a year.
HOLDOUT_DAYS = 91
SEED = 20171231
KNOWN = "intermediate.int_customers__known_activity"
KNOWN_AT_OPENING = """(
    select
        customer_id_at_opening as customer_id,
        business_unit,
        activity_date,
        max(purchase_occasions_count) as purchase_occasions_count,
        cast(sum(net_revenue) as decimal(18, 2)) as net_revenue
    from intermediate.int_customers__activity_at_opening
    where not is_unknown_at_opening
    group by customer_id_at_opening, business_unit, activity_date
)"""
HISTORIES = """
with before as (
    select
        customer_id,
        sum(purchase_occasions_count) - 1 as repeat_occasions,
        date_diff('day', min(activity_date) filter (purchase_occasions_count > 0),
            max(activity_date) filter (purchase_occasions_count > 0)) as age_at_last_purchase,
        date_diff('day', min(activity_date) filter (purchase_occasions_count > 0), $day) as age,
        cast(sum(net_revenue) as double) / sum(purchase_occasions_count) as mean_value,
        coalesce(sum(purchase_occasions_count) filter (activity_date >= $day - $month), 0)
            as last_month_occasions,
        cast(coalesce(sum(net_revenue) filter (activity_date >= $day - $quarter), 0) as double)
            as last_quarter_value,
        cast(coalesce(sum(net_revenue) filter (activity_date >= $day - $horizon), 0) as double)
            as last_horizon_value
    from {activity}
    where
        business_unit = $unit
        and activity_date < $day
        and ($share >= 1 or md5_number_upper($seed || customer_id) < $share * 18446744073709551616)
    group by customer_id
    having sum(purchase_occasions_count) > 0
),

after as (
    select
        customer_id,
        sum(purchase_occasions_count) as occasions,
        cast(sum(net_revenue) as double) as value
    from {activity}
    where business_unit = $unit and activity_date >= $day and activity_date < $day + $horizon
    group by customer_id
)

select
    before.* {but_not},
    coalesce(after.occasions, 0) as later_occasions,
    coalesce(after.value, 0) as later_value
from before
left join after using (customer_id)
order by before.customer_id
"""


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """One entry a customer who bought before ``day``, in the order of their ids.

    Times are days, values are in the reporting currency. ``later_occasions`` and ``later_value``
    are what happened from ``day`` on, for ``horizon`` days; ``last_horizon_value`` was spent in as
    many days before it.
    """

    day: dt.date
    horizon: int
    repeat_occasions: Array
    age_at_last_purchase: Array
    age: Array
    mean_value: Array
    last_month_occasions: Array
    last_quarter_value: Array
    last_horizon_value: Array
    later_occasions: Array
    later_value: Array

    @property
    def customers_count(self) -> int:
        return int(self.age.size)

    @property
    def repeat_buyers_count(self) -> int:
        return int((self.repeat_occasions > 0).sum())

    @property
    def occasions(self) -> Array:
        """Return every customer's occasions, the first one counted."""
        return self.repeat_occasions + 1

    def of(self, places: NDArray[np.int64]) -> "Histories":
        """Return the histories at these places alone."""
        columns = {
            field.name: getattr(self, field.name)[places]
            for field in fields(self)
            if field.name not in ("day", "horizon")
        }
        return Histories(self.day, self.horizon, **columns)


def read_histories(
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    day: dt.date,
    horizon: int = 0,
    *,
    share: float = 1.0,
    activity: str = KNOWN,
) -> Histories:
    """Return the histories of a unit's customers as of ``day``, itself not counted.

    With a ``share`` below 1, of about that share of them, by a hash of their ids: whoever is looked
    at on one day is looked at on all.
    """
    query = HISTORIES.format(activity=activity, but_not="exclude (customer_id)")
    return _histories(day, horizon, _found(connection, query, unit, day, horizon, share))


def read_customers(
    connection: duckdb.DuckDBPyConnection, unit: str, day: dt.date, horizon: int
) -> tuple[NDArray[np.object_], Histories]:
    """Return the ids of a unit's customers, and their histories as of ``day``, entry by entry."""
    query = HISTORIES.format(activity=KNOWN, but_not="")
    found = _found(connection, query, unit, day, horizon, 1.0)
    return found.pop("customer_id"), _histories(day, horizon, found)


def _found(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    unit: str,
    day: dt.date,
    horizon: int,
    share: float,
) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = connection.execute(
        query,
        {
            "unit": unit,
            "day": day,
            "horizon": horizon,
            "month": MONTH_DAYS,
            "quarter": HOLDOUT_DAYS,
            "share": share,
            "seed": str(SEED),
        },
    ).fetchnumpy()
    return found


def _histories(day: dt.date, horizon: int, found: dict[str, NDArray[Any]]) -> Histories:
    return Histories(
        day,
        horizon,
        **{name: np.asarray(column, dtype=np.float64) for name, column in found.items()},
    )


def first_day(
    connection: duckdb.DuckDBPyConnection, unit: str, activity: str = KNOWN
) -> dt.date | None:
    """Return the day of a unit's first occasion; None when there is none."""
    row = connection.execute(
        f"select min(activity_date) from {activity} "
        "where business_unit = ? and purchase_occasions_count > 0",
        [unit],
    ).fetchone()
    found: dt.date | None = row[0] if row else None
    return found


def digest_of(
    connection: duckdb.DuckDBPyConnection, unit: str, day: dt.date, activity: str = KNOWN
) -> str:
    """Return one hash over all activity of a unit before ``day``, in whatever order."""
    row = connection.execute(
        "select count(*), sum(net_revenue), bit_xor(hash(customer_id, activity_date, "
        "purchase_occasions_count, net_revenue)) "
        f"from {activity} where business_unit = ? and activity_date < ?",
        [unit, day],
    ).fetchone()
    return hashlib.sha256(repr(row).encode()).hexdigest()
