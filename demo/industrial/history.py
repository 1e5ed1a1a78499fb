"""What a system holds at the end of a day, and what one stretch of days changes in it.

In a database every row carries ``updated_at``: ten in the evening, in Shanghai, of the last day on
which it appeared or changed.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pyarrow.compute as pc  # type: ignore[import-untyped]  # pyarrow has no types

from demo.industrial.periods import Bools, Ints, day_number, instants
from demo.industrial.schema import FILES, TABLES, UPDATED_AT_HOUR, TableSpec
from demo.industrial.world import World

SHANGHAI = pa.timestamp("us", tz="Asia/Shanghai")
FAR = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that appeared, rows that changed (whole, as they are now), and keys that went away."""

    inserted: pa.Table
    updated: pa.Table
    deleted: pa.Table

    @property
    def rows(self) -> int:
        return int(self.inserted.num_rows + self.updated.num_rows + self.deleted.num_rows)


def state(world: World, name: str, day: date) -> pa.Table:
    """Return a table as it stands at the end of business day ``day``, without hidden columns."""
    table, spec = world.tables[name], TABLES[name]
    number = day_number(day)
    return _as_of(table.filter(pa.array(_exists(table, number))), spec, number)


def changes(world: World, name: str, after: date, until: date) -> Changes:
    """Return what happens to a table after day ``after`` up to and including ``until``.

    A row that appears and goes away in between is never seen.
    """
    table, spec = world.tables[name], TABLES[name]
    start, end = day_number(after), day_number(until)
    before, now = _exists(table, start), _exists(table, end)
    moved = np.zeros(table.num_rows, dtype=np.bool_)
    for later in spec.later:
        day = _days(table, later.on)
        moved |= (day > start) & (day <= end)
    return Changes(
        _as_of(table.filter(pa.array(now & ~before)), spec, end),
        _as_of(table.filter(pa.array(now & before & moved)), spec, end),
        table.filter(pa.array(before & ~now)).select(list(spec.key)),
    )


def _exists(table: pa.Table, day: int) -> Bools:
    exists: Bools = _days(table, "_recorded_on") <= day
    if "_deleted_on" in table.column_names:
        exists = exists & (_days(table, "_deleted_on") > day)
    return exists


def _as_of(table: pa.Table, spec: TableSpec, day: int) -> pa.Table:
    arrays = {name: table[name] for name in spec.columns}
    for later in spec.later:
        has_come = pa.array(_days(table, later.on) <= day)
        for name, before in later.before.items():
            is_hidden = isinstance(before, str) and before.startswith("_")
            kind = table.schema.field(name).type
            former = table[before] if is_hidden else pa.scalar(before, kind)
            arrays[name] = pc.if_else(has_come, arrays[name], former)
    if spec.system != FILES:
        arrays["updated_at"] = _updated_at(table, spec, day)
    return pa.table(arrays)


def _updated_at(table: pa.Table, spec: TableSpec, day: int) -> pa.Array:
    last = _days(table, "_recorded_on")
    for later in spec.later:
        changed = _days(table, later.on)
        last = np.where(changed <= day, np.maximum(last, changed), last)
    evening = instants(last, UPDATED_AT_HOUR * 3600) * 1_000_000
    return pa.array(evening, pa.int64()).cast(pa.timestamp("us", tz="UTC"))


def _days(table: pa.Table, column: str) -> Ints:
    """Return the business days of a column of days or instants, far ahead where it is empty."""
    values = table[column]
    if pa.types.is_timestamp(values.type):
        values = pc.local_timestamp(values.cast(SHANGHAI)).cast(pa.date32(), safe=False)
    days: Ints = pc.fill_null(values.cast(pa.int32()), FAR).to_numpy().astype(np.int64)
    return days
