"""The files of the industrial unit: exchange rates in UTF-8, product lists in GB18030 and GBK.

Rates came once a month, each file on the month's last day, until the bank went over to one file a
day in the last month of the simulation. Product families (GBK) and the product master (GB18030)
come whole, on the first day of each quarter. A file appears under its name only when complete.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types

from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.world import World

ENCODINGS = {"product_families": "gbk", "product_master": "gb18030"}
ONE_DAY = timedelta(days=1)


def rate_file(day: date) -> str:
    """Return the name of the rate file delivered on ``day``."""
    return f"rates/{day}.csv"


def list_file(table: str, day: date) -> str:
    """Return the name of the list of ``table`` delivered on ``day``."""
    return f"{table}/{day}.csv"


def write_files(world: World, folder: Path, after: date | None, until: date) -> list[str]:
    """Write the files due after ``after`` (all until then if None); return their names."""
    names = []
    for day, first in _rate_files(world.parameters):
        if _is_due(day, after, until):
            rates = world.tables["exchange_rates"].select(
                ["rate_date", "currency_code", "cny_per_unit"]
            )
            days = rates["rate_date"].to_numpy()
            inside = (days >= np.datetime64(first, "D")) & (days <= np.datetime64(day, "D"))
            _write_csv(rates.filter(pa.array(inside)), folder / rate_file(day), "utf-8")
            names.append(rate_file(day))
    for day in _list_days(world.parameters):
        if _is_due(day, after, until):
            for table, encoding in ENCODINGS.items():
                _write_csv(state(world, table, day), folder / list_file(table, day), encoding)
                names.append(list_file(table, day))
    return names


def _is_due(day: date, after: date | None, until: date) -> bool:
    return day <= until and (after is None or day > after)


def _rate_files(parameters: Parameters) -> Iterator[tuple[date, date]]:
    """Yield the day of each rate file with the first day in it."""
    first = date(parameters.first_day.year - 1, 1, 1)
    daily_from = parameters.last_day.replace(day=1)
    while first < daily_from:
        next_month = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield next_month - ONE_DAY, first
        first = next_month
    while first <= parameters.last_day:
        yield first, first
        first += ONE_DAY


def _list_days(parameters: Parameters) -> list[date]:
    """Return the first day and the first days of the quarters after it."""
    days = [parameters.first_day]
    for year in range(parameters.first_day.year, parameters.last_day.year + 1):
        days += [date(year, month, 1) for month in (1, 4, 7, 10)]
    return sorted({day for day in days if parameters.first_day <= day <= parameters.last_day})


def _write_csv(rows: pa.Table, file: Path, encoding: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.column_names)
    writer.writerows(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    file.parent.mkdir(parents=True, exist_ok=True)
    hidden = file.with_name(f".{file.name}")
    hidden.write_bytes(text.getvalue().encode(encoding))
    hidden.replace(file)
