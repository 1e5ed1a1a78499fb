"""CDNOW: first-time buyers of a music shop in early 1997, followed to the middle of 1998.

The data behind most published figures of this room, in package ``lifetimes``: the master file of
23,570 customers and the published tenth of it, 2,357 customers. The files are read; the package,
unmaintained, is never imported. Time is in weeks, one day is one occasion.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from customer_value.lifetime_value.arrays import Array
from customer_value.lifetime_value.cells import Cells

DAY_ZERO = dt.date(1996, 12, 31)
CALIBRATION_DAYS = (dt.date(1997, 9, 30) - DAY_ZERO).days
HOLDOUT_DAYS = 39 * 7

# Columns of a line: in the sample the customer's number in it stands second.
FILES = {"sample": ("CDNOW_sample.txt", 2), "master": ("CDNOW_master.txt", 1)}


@dataclass(frozen=True)
class Customers:
    """One row a customer: history at the end of calibration, in weeks, and what came after.

    ``spend_per_repeat`` is the mean spend of the repeat days, 0 for one-time buyers.
    """

    x: Array
    t_x: Array
    age: Array
    spend_per_repeat: Array
    holdout: Array
    repeat_days: Array

    @property
    def cells(self) -> Cells:
        return Cells.grouped(self.x, self.t_x, self.age)


@cache
def customers(which: str) -> Customers:
    """Return ``sample`` or ``master``, in the order of customer ids."""
    package = find_spec("lifetimes")
    assert package is not None, "package lifetimes holds the data: install the dev dependencies"
    assert package.submodule_search_locations
    name, date_column = FILES[which]
    path = Path(package.submodule_search_locations[0]) / "datasets" / name
    spend: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for line in path.read_text(encoding="ascii").splitlines():
        fields = line.split()
        if fields and fields[0].isdigit():
            day = dt.date(*map(int, _parts(fields[date_column])))
            spend[fields[0]][(day - DAY_ZERO).days] += float(fields[-1])
    rows, later_days = [], []
    for _, days in sorted(spend.items()):
        first, *later = sorted(days)
        seen = [day for day in later if day <= CALIBRATION_DAYS]
        last = seen[-1] if seen else first
        mean = sum(days[day] for day in seen) / len(seen) if seen else 0.0
        held = [day for day in later if CALIBRATION_DAYS < day <= CALIBRATION_DAYS + HOLDOUT_DAYS]
        rows.append((len(seen), last - first, CALIBRATION_DAYS - first, mean, len(held)))
        later_days += later
    x, t_x, age, mean_spend, holdout = np.array(rows, dtype=float).T
    return Customers(x, t_x / 7, age / 7, mean_spend, holdout, np.array(later_days, dtype=float))


def _parts(date: str) -> tuple[str, str, str]:
    return date[:4], date[4:6], date[6:]
