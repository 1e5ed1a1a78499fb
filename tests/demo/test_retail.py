from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import LiteralString

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo.deliveries import days_between, order_file, write_product_lists
from demo.expectation import expected_days
from demo.postgres import Postgres
from demo.retail import RetailReplay
from demo.source_data import data_file, open_source
from tests.demo.reading import lines_and_cents, read_columns, read_header


def count(replay: RetailReplay, query: LiteralString) -> int:
    with replay.connect() as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def files_of(replay: RetailReplay) -> dict[str, bytes]:
    folder = replay.deliveries
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.slow
@pytest.mark.seconds(35)
def test_year_delivers_every_line_to_the_cent_and_every_household(
    server: Postgres, tmp_path: Path
) -> None:
    expected = expected_days()
    replay = RetailReplay(server.owner_uri(), tmp_path / "deliveries")
    with replay.connect() as connection:
        connection.execute("drop schema if exists crm, simulator cascade")
    replay.create()

    played = replay.play_to(date(2017, 12, 31))

    orders = sorted((replay.deliveries / "orders").iterdir())
    assert len(orders) == 364
    assert Counter(file.suffix for file in orders) == {".csv": 121, ".gz": 122, ".parquet": 121}
    delivered = {
        date.fromisoformat(file.name.split(".")[0]): lines_and_cents(file) for file in orders
    }
    assert delivered == {
        day: (totals.lines, totals.sales_cents) for day, totals in expected.items()
    }
    assert sum(cents for _, cents in delivered.values()) == 4_596_039_58
    assert played.crm_rows == {
        "households": 2_469,
        "campaigns": 27,
        "campaign_households": 6_589,
        "coupons": 111_332,
        "coupon_redemptions": 2_102,
    }
    assert count(replay, "select count(*) from crm.households") == 2_469
    assert count(replay, "select count(age_band) from crm.households") == 801
    assert len(list((replay.deliveries / "products").iterdir())) == 12
    with replay.connect() as connection:
        enrolled = connection.execute(
            "select enrolled_on, count(*) from crm.households group by enrolled_on"
        )
        assert dict(enrolled.fetchall()) == {
            day: totals.households for day, totals in expected.items() if totals.households
        }


def test_same_days_give_the_same_bytes_however_they_are_played(
    server: Postgres, replay: RetailReplay, tmp_path: Path
) -> None:
    replay.play_to(date(2017, 2, 2))
    again = RetailReplay(server.owner_uri(), tmp_path / "again", one_household_in=50)
    with again.connect() as connection:
        connection.execute("drop schema crm, simulator cascade")
    again.create()

    again.play_next_day()
    again.play_next_day()
    again.play_to(date(2017, 1, 31))
    again.play_next_day()
    again.play_next_day()

    assert len(files_of(replay)) == 33 + 2
    assert files_of(again) == files_of(replay)


def test_play_of_a_day_that_is_over_changes_nothing(replay: RetailReplay) -> None:
    replay.play_to(date(2017, 1, 3))
    before = files_of(replay)

    played = replay.play_to(date(2017, 1, 2))

    assert (played.until, played.files, played.crm_rows) == (date(2017, 1, 3), (), {})
    assert files_of(replay) == before


def test_play_continues_after_a_crash_between_files_and_crm(
    replay: RetailReplay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> dict[str, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("demo.crm.insert_appearing", crash)
        with pytest.raises(KeyboardInterrupt):
            replay.play_to(date(2017, 1, 2))
    assert count(replay, "select count(*) from crm.campaigns") == 0

    replay.play_to(date(2017, 1, 2))

    assert count(replay, "select count(*) from crm.campaigns") == 3
    assert len(files_of(replay)) == 3


def test_campaigns_appear_on_their_start_and_older_ones_on_the_first_day(
    replay: RetailReplay,
) -> None:
    # Campaigns 24, 25 and 26 began in 2016; 27 begins on 2017-02-08.
    replay.play_to(date(2017, 2, 7))
    before = count(replay, "select count(*) from crm.campaigns")

    replay.play_next_day()

    assert before == 3
    assert count(replay, "select max(campaign_id) from crm.campaigns") == 27
    assert count(replay, "select count(*) from crm.campaigns") == 4


def test_redemptions_appear_on_their_day_and_not_before(january: RetailReplay) -> None:
    column = pq.read_table(data_file("coupon_redemptions")).column("redemption_date").to_pylist()
    until_20th = [redeemed for redeemed in column if redeemed.date() <= date(2017, 1, 20)]

    appeared = count(january, "select count(*) from crm.coupon_redemptions")

    assert 0 < appeared == len(until_20th) < len(column)


def test_updated_at_moves_for_the_row_that_changes(january: RetailReplay) -> None:
    with january.connect() as connection:
        connection.execute("update crm.campaigns set end_date = end_date where campaign_id = 24")

    moved = (
        "select campaign_id from crm.campaigns "
        "where updated_at > (select min(updated_at) from crm.campaigns)"
    )
    assert count(january, moved) == 24


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2018, 1, 1)])
def test_play_refuses_a_day_outside_the_year(replay: RetailReplay, day: date) -> None:
    with pytest.raises(ValueError, match="the year is 2017-01-01 to 2017-12-31"):
        replay.play_to(day)


def test_order_file_has_the_agreed_columns_in_order_of_basket_and_product(
    january: RetailReplay,
) -> None:
    columns = [
        "household_id",
        "store_id",
        "basket_id",
        "product_id",
        "quantity",
        "sales_value",
        "retail_disc",
        "coupon_disc",
        "coupon_match_disc",
        "transaction_timestamp",
    ]
    for day in (date(2017, 1, 12), date(2017, 1, 13), date(2017, 1, 14)):
        file = january.deliveries / order_file(day)
        keys = [tuple(map(int, key)) for key in read_columns(file, "basket_id", "product_id")]

        assert read_header(file) == columns
        assert keys == sorted(set(keys))


def test_csv_writes_amounts_with_two_decimals_and_times_in_utc(january: RetailReplay) -> None:
    # The first lines of the data: household 900 at 2017-01-01 11:53:26 UTC bought 1 for 0.50.
    file = january.deliveries / order_file(date(2017, 1, 1))
    columns = ("quantity", "sales_value", "retail_disc", "transaction_timestamp")

    lines = read_columns(file, "basket_id", "product_id", *columns)

    assert ("31198570044", "1095275", "1", "0.50", "0.00", "2017-01-01 11:53:26") in lines


def test_parquet_has_the_agreed_types(january: RetailReplay) -> None:
    schema = pq.read_schema(january.deliveries / order_file(date(2017, 1, 2)))

    types = {name: str(kind) for name, kind in zip(schema.names, schema.types, strict=True)}

    assert types["basket_id"] == "int64"
    assert types["sales_value"] == "decimal128(12, 2)"
    assert types["transaction_timestamp"] == "timestamp[us]"


def test_product_lists_are_whole_and_differ_only_where_planted(tmp_path: Path) -> None:
    with open_source() as source:
        names = [
            *write_product_lists(source, tmp_path, date(2017, 1, 1), date(2017, 2, 28)),
            *write_product_lists(source, tmp_path, date(2017, 6, 1), date(2017, 7, 31)),
        ]

    february, july = (
        {row[0]: row for row in read_columns(tmp_path / name, *read_header(tmp_path / name))}
        for name in names
    )
    assert names == ["products/products-2017-02-01.csv", "products/products-2017-07-01.csv"]
    assert len(february) == 92_331
    changed = {product for product in february if february[product] != july.get(product)}
    assert changed == {"1082185", "1127831", "960318"}
    assert (february["1082185"][-1], july["1082185"][-1]) == ("40 LB", "1 LB")
    assert (february["1127831"][2], july["1127831"][2]) == ("PRODUCE", "SEASONAL")
    assert "960318" not in july


def test_replay_of_every_fiftieth_household_has_only_those(replay: RetailReplay) -> None:
    replay.play_to(date(2017, 1, 8))

    bought = {
        int(household)
        for file in (replay.deliveries / "orders").iterdir()
        for (household,) in read_columns(file, "household_id")
    }
    with replay.connect() as connection:
        enrolled = {row[0] for row in connection.execute("select household_id from crm.households")}
    assert enrolled == bought
    assert {household % 50 for household in enrolled} == {0}


def test_source_has_seventeen_products_that_the_list_does_not_know() -> None:
    with open_source() as source:
        unknown = source.execute(
            "select count(*), count(distinct product_id) from order_lines "
            "anti join products using (product_id)"
        ).fetchone()

    assert unknown == (4_836, 17)


def test_no_half_file_is_ever_visible(
    replay: RetailReplay, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    rename: Callable[[Path, Path], Path] = Path.replace

    def look_then_rename(hidden: Path, file: Path) -> Path:
        seen.extend(path.name for path in file.parent.iterdir() if path.name == file.name)
        assert hidden.name == f".{file.name}"
        return rename(hidden, file)

    monkeypatch.setattr(Path, "replace", look_then_rename)

    replay.play_to(date(2017, 1, 3))

    assert seen == []
    assert len(files_of(replay)) == 4


def test_shop_is_closed_on_christmas_only() -> None:
    days = days_between(date(2017, 12, 23), date(2018, 1, 1))

    assert [day.day for day in days] == [24, 26, 27, 28, 29, 30, 31]
