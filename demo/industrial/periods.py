"""Days, quarters and instants of the simulation, as plain integers.

A day is the number of days since 1970-01-01, an instant the number of seconds since then in UTC.
Business days are those of Asia/Shanghai, which is eight hours ahead of UTC all year.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

OFFSET_SECONDS = 8 * 3600
DAY_SECONDS = 86_400
YEAR_DAYS = 365.25
EPOCH = date(1970, 1, 1)
# Later than any day or instant: what never happens, an empty value in every table.
NEVER = 1 << 40


def day_number(day: date) -> int:
    """Return the number of a calendar day.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - EPOCH).days


def calendar_day(number: int) -> date:
    """Return the calendar day of a number."""
    return EPOCH + timedelta(days=int(number))


def to_workday(days: ArrayLike) -> Ints:
    """Return the days themselves, Sundays moved to the Saturday before.

    >>> to_workday([day_number(date(2017, 12, 31))]).tolist() == [day_number(date(2017, 12, 30))]
    True
    """
    numbers = np.asarray(days, dtype=np.int64)
    # 1970-01-01 was a Thursday, so Sundays are the numbers with remainder 3.
    return np.where((numbers % 7 == 3) & (numbers != NEVER), numbers - 1, numbers)


def instants(days: ArrayLike, local_seconds: ArrayLike) -> Ints:
    """Return the instants at so many seconds after midnight in Shanghai; never stays never."""
    numbers = np.asarray(days, dtype=np.int64)
    seconds = numbers * DAY_SECONDS + np.asarray(local_seconds, dtype=np.int64) - OFFSET_SECONDS
    return np.where(numbers == NEVER, NEVER, seconds)


def business_days(at: ArrayLike) -> Ints:
    """Return the business days of instants; never stays never."""
    numbers = np.asarray(at, dtype=np.int64)
    return np.where(numbers == NEVER, NEVER, (numbers + OFFSET_SECONDS) // DAY_SECONDS)


@dataclass(frozen=True, slots=True)
class Quarters:
    """The calendar quarters from that of the first day on; ``starts`` are their first days."""

    starts: Ints

    @classmethod
    def covering(cls, first: date, last: date, spare: int) -> "Quarters":
        """Return the quarters from that of ``first`` to that of ``last`` and ``spare`` more."""
        start = date(first.year, 3 * ((first.month - 1) // 3) + 1, 1)
        starts = []
        while start <= last or spare > 0:
            spare -= start > last
            starts.append(day_number(start))
            start = date(start.year + (start.month > 9), (start.month + 2) % 12 + 1, 1)
        return cls(np.array(starts, dtype=np.int64))

    def of(self, days: ArrayLike) -> Ints:
        """Return the positions of the quarters that hold ``days``; earlier and later are cut."""
        found = np.searchsorted(self.starts, np.asarray(days, dtype=np.int64), side="right") - 1
        return np.clip(found, 0, len(self.starts) - 1).astype(np.int64)

    def name(self, position: int) -> str:
        """Return a quarter's name, ``2017-Q4``."""
        start = calendar_day(int(self.starts[position]))
        return f"{start.year}-Q{(start.month + 2) // 3}"
