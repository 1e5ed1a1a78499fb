from datetime import date, timedelta

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo.industrial.history import changes, state
from demo.industrial.schema import TABLES
from demo.industrial.world import World

DAYS = (date(2016, 3, 31), date(2017, 12, 29))
# Days that may lie ahead when a row is written: intentions.
AHEAD = {"planned_purchase_date", "planned_on", "due_on", "promised_on", "ends_on"}


def rows_by_key(name: str, table: pa.Table) -> dict[tuple[object, ...], dict[str, object]]:
    key = TABLES[name].key
    return {tuple(row[column] for column in key): row for row in table.to_pylist()}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", TABLES)
def test_playing_a_day_gives_the_same_as_starting_a_day_later(
    small_world: World, name: str, day: date
) -> None:
    later = day + timedelta(days=1)
    happened = changes(small_world, name, day, later)
    rows = rows_by_key(name, state(small_world, name, day))

    rows |= rows_by_key(name, happened.inserted)
    rows |= rows_by_key(name, happened.updated)
    for key in rows_by_key(name, happened.deleted):
        del rows[key]

    assert rows == rows_by_key(name, state(small_world, name, later))


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_known_before_it_happens(small_world: World, name: str) -> None:
    day = date(2016, 3, 31)
    midnight = pa.scalar(day + timedelta(days=1)).cast(pa.timestamp("s")).as_py()
    table = state(small_world, name, day)

    for column in set(TABLES[name].columns) - AHEAD:
        kind = table.schema.field(column).type
        values = [value for value in table[column].to_pylist() if value is not None]
        if pa.types.is_date(kind):
            assert all(value <= day for value in values), column
        elif pa.types.is_timestamp(kind):
            local = [value.replace(tzinfo=None) + timedelta(hours=8) for value in values]
            assert all(value < midnight for value in local), column


def test_rows_of_every_changing_kind_appear_change_and_go(world: World) -> None:
    last = world.parameters.last_day
    happened = [
        (name, changes(world, name, first, last))
        for name in TABLES
        for first in (date(2015, 6, 1), date(2017, 6, 1), date(2017, 12, 1))
    ]

    changing = {name for name, spec in TABLES.items() if spec.later}
    assert {name for name, found in happened if found.updated.num_rows} == changing
    assert {name for name, found in happened if found.deleted.num_rows} == {
        "account_facts",
        "account_relations",
        "contacts",
        "plan_items",
    }


def test_opportunity_is_open_until_the_day_it_closes(world: World) -> None:
    last = world.parameters.last_day
    closed = next(
        row
        for row in state(world, "opportunities", last).to_pylist()
        if row["lost_reason"] == "price" and row["closed_on"] > row["opened_on"]
    )
    number, day = closed["opportunity_id"], closed["closed_on"]

    def seen(on: date) -> dict[str, object]:
        table = state(world, "opportunities", on)
        return next(row for row in table.to_pylist() if row["opportunity_id"] == number)

    eve = seen(day - timedelta(days=1))
    assert (eve["stage"], eve["closed_on"], eve["lost_reason"]) == ("open", None, None)
    assert (seen(day)["stage"], seen(day)["lost_reason"]) == ("lost", "price")
