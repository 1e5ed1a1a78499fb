from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo import troubles
from demo.deliveries import HeldBack, order_file
from demo.retail import RetailReplay
from demo.troubles import LateCommit, Planted
from tests.demo.reading import lines_and_cents, read_columns, read_header

# Formats in January: day 3, 6, ... are CSV, 4, 7, ... gzip, 5, 8, ... Parquet.


def file_of(replay: RetailReplay, planted: Planted) -> Path:
    return replay.deliveries / planted.where


def true_figures(replay: RetailReplay, day: date) -> tuple[int, int]:
    return lines_and_cents(replay.deliveries / order_file(day))


def household(replay: RetailReplay, household_id: int) -> tuple[str, bool] | None:
    """Return income band, and whether ``updated_at`` moved since the household was inserted."""
    with replay.connect() as connection:
        return connection.execute(
            "select income_band, updated_at > (select min(updated_at) from crm.campaigns) "
            "from crm.households where household_id = %s",
            [household_id],
        ).fetchone()


def test_late_order_moves_whole_basket_to_the_later_file(replay: RetailReplay) -> None:
    planted = troubles.late_order(replay, date(2017, 1, 2), date(2017, 1, 4))

    replay.play_to(date(2017, 1, 4))

    def lines_of_basket(day: int) -> int:
        baskets = read_columns(replay.deliveries / order_file(date(2017, 1, day)), "basket_id")
        return baskets.count((str(planted.keys[0][0]),))

    assert planted.files == ("orders/2017-01-02.parquet", "orders/2017-01-04.csv.gz")
    assert [lines_of_basket(day) for day in (2, 3, 4)] == [0, 0, planted.rows]
    assert planted.rows > 0


def test_held_back_file_comes_on_its_day_and_is_complete(replay: RetailReplay) -> None:
    planted = troubles.held_back_file(replay, date(2017, 1, 2), date(2017, 1, 4))

    played = [replay.play_next_day().files for _ in range(4)]

    assert played[1:] == [
        (),
        ("orders/2017-01-03.csv",),
        ("orders/2017-01-02.parquet", "orders/2017-01-04.csv.gz"),
    ]
    assert true_figures(replay, date(2017, 1, 2)) == (planted.rows, planted.cents)


def test_nothing_can_be_held_back_once_its_day_is_delivered(january: RetailReplay) -> None:
    with pytest.raises(ValueError, match="hold back a day from 2017-01-21 on"):
        troubles.late_order(january, date(2017, 1, 20), date(2017, 1, 23))


@pytest.mark.parametrize("until", [date(2017, 12, 24), date(2017, 12, 25), date(2018, 1, 1)])
def test_nothing_can_be_held_back_to_a_day_without_a_delivery(
    replay: RetailReplay, until: date
) -> None:
    with pytest.raises(ValueError, match="on which the shop is open"):
        replay.hold_back(HeldBack(date(2017, 12, 24), None, until))


def test_duplicate_delivery_repeats_the_bytes_under_both_names(january: RetailReplay) -> None:
    file = january.deliveries / order_file(date(2017, 1, 1))
    before = file.read_bytes(), file.stat().st_ino

    planted = troubles.duplicate_delivery(january, date(2017, 1, 1))

    assert planted.where == "orders/2017-01-01-copy.csv.gz"
    assert file_of(january, planted).read_bytes() == before[0] == file.read_bytes()
    assert file.stat().st_ino != before[1]
    assert lines_and_cents(file) == (planted.rows, planted.cents)


def test_changed_redelivery_adds_one_to_one_line(january: RetailReplay) -> None:
    day = date(2017, 1, 2)
    rows, cents = true_figures(january, day)

    planted = troubles.changed_redelivery(january, day)

    assert true_figures(january, day) == (rows, cents + 100)
    sales = {
        (int(basket), int(product)): amount
        for basket, product, amount in read_columns(
            file_of(january, planted), "basket_id", "product_id", "sales_value"
        )
    }
    assert sales[planted.keys[0][0], planted.keys[0][1]] == planted.after


def test_redeliver_mends_an_order_file(january: RetailReplay) -> None:
    file = january.deliveries / order_file(date(2017, 1, 19))
    before = file.read_bytes()
    troubles.empty_file(january, date(2017, 1, 19))
    assert file.read_bytes() == b""

    january.redeliver(date(2017, 1, 19))

    assert file.read_bytes() == before


@pytest.mark.parametrize("day", [date(2017, 1, 4), date(2017, 1, 5), date(2017, 1, 6)])
def test_split_delivery_keeps_every_line_once(january: RetailReplay, day: date) -> None:
    file = january.deliveries / order_file(day)
    before = read_columns(file, "basket_id", "product_id", "sales_value")

    planted = troubles.split_delivery(january, day)

    parts = [january.deliveries / name for name in planted.files]
    halves = [read_columns(part, "basket_id", "product_id", "sales_value") for part in parts]
    assert not file.exists()
    assert halves[0] + halves[1] == before
    assert len(halves[0]) == planted.rows // 2


@pytest.mark.parametrize("day", [date(2017, 1, 3), date(2017, 1, 7)], ids=["csv", "gzip"])
def test_bad_rows_spoil_four_lines_and_no_other(january: RetailReplay, day: date) -> None:
    file = january.deliveries / order_file(day)
    columns = ("basket_id", "product_id", "quantity", "sales_value")
    before = read_columns(file, *columns)

    planted = troubles.bad_rows(january, day)

    after = read_columns(file, *columns)
    spoilt = [n for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    quarter = len(before) // 4
    assert spoilt == [0, quarter, 2 * quarter + (len(before) % 4 >= 2)]
    assert [after[spoilt[0]][2], after[spoilt[1]][3], after[spoilt[2]][1]] == ["abc", "-1.00", ""]
    assert planted.rows == len(planted.keys) == 4
    assert [before[n][:2] for n in spoilt] == [
        (str(basket), str(product)) for basket, product in planted.keys[:3]
    ]
    assert "one field more = 'surplus'" in planted.what


def test_bad_rows_are_refused_for_parquet(january: RetailReplay) -> None:
    with pytest.raises(ValueError, match="is Parquet, which cannot hold such rows"):
        troubles.bad_rows(january, date(2017, 1, 8))


def test_truncated_gzip_cannot_be_read(january: RetailReplay) -> None:
    figures = true_figures(january, date(2017, 1, 10))

    planted = troubles.truncated_file(january, date(2017, 1, 10))

    assert (planted.rows, planted.cents) == figures
    with pytest.raises(EOFError):
        read_header(file_of(january, planted))


def test_truncated_parquet_cannot_be_read(january: RetailReplay) -> None:
    planted = troubles.truncated_file(january, date(2017, 1, 11))

    with pytest.raises(pa.ArrowInvalid, match="footer"):
        read_header(file_of(january, planted))


def test_truncation_is_refused_for_plain_csv(january: RetailReplay) -> None:
    with pytest.raises(ValueError, match="would only be shorter"):
        troubles.truncated_file(january, date(2017, 1, 12))


def test_gbk_file_is_not_utf_8_but_is_gbk(january: RetailReplay) -> None:
    planted = troubles.gbk_file(january, date(2017, 1, 12))

    content = file_of(january, planted).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "25671,2,GROCERY,国产,FRZN ICE" in content.decode("gbk")
    assert content.count(b"\n") == planted.rows + 1 == 92_332


def test_volume_spike_multiplies_the_lines_under_other_baskets(january: RetailReplay) -> None:
    day = date(2017, 1, 13)
    rows, cents = true_figures(january, day)

    planted = troubles.volume_spike(january, day, times=3)

    assert true_figures(january, day) == (planted.rows, planted.cents) == (3 * rows, 3 * cents)
    keys = read_columns(file_of(january, planted), "basket_id", "product_id")
    assert len(set(keys)) == 3 * rows


def test_volume_drop_keeps_one_basket_in_ten(january: RetailReplay) -> None:
    day = date(2017, 1, 14)
    before = sorted(set(read_columns(january.deliveries / order_file(day), "basket_id")))

    planted = troubles.volume_drop(january, day)

    after = sorted(set(read_columns(file_of(january, planted), "basket_id")))
    assert after == sorted(before, key=lambda basket: int(basket[0]))[::10]


def test_return_of_known_lines_gives_back_what_was_bought_a_week_before(
    january: RetailReplay,
) -> None:
    planted = troubles.return_of_known_lines(january, date(2017, 1, 16))

    bought = {
        (int(basket), int(product)): (quantity, sales)
        for basket, product, quantity, sales in read_columns(
            january.deliveries / order_file(date(2017, 1, 9)),
            *("basket_id", "product_id", "quantity", "sales_value"),
        )
    }
    columns = ("basket_id", "product_id", "quantity", "refund_value")
    returned = read_columns(file_of(january, planted), *columns)
    assert len(returned) == planted.rows == 2
    assert all(
        bought[int(basket), int(product)] == (quantity, refund)
        for basket, product, quantity, refund in returned
    )
    assert read_header(file_of(january, planted)) == [
        *("return_id", "basket_id", "product_id", "quantity", "refund_value", "returned_at")
    ]


def test_return_of_unknown_order_names_a_basket_nobody_bought(january: RetailReplay) -> None:
    planted = troubles.return_of_unknown_order(january, date(2017, 1, 16))

    rows = read_columns(file_of(january, planted), "return_id", "basket_id", "refund_value")
    assert rows == [("2017011650", "99999999999", "9.99")]
    assert planted.cents == 999


@pytest.mark.parametrize(
    ("plant", "days", "change"),
    [
        (troubles.new_file_column, (15, 16), lambda names: [*names, "channel"]),
        (
            troubles.dropped_file_column,
            (17, 18),
            lambda names: [name for name in names if name != "coupon_match_disc"],
        ),
        (troubles.reordered_file_columns, (8, 9), lambda names: names[::-1]),
    ],
)
def test_file_columns_change_as_planted_and_rows_stay(
    january: RetailReplay,
    plant: Callable[[RetailReplay, date], Planted],
    days: tuple[int, int],
    change: Callable[[list[str]], list[str]],
) -> None:
    for day in (date(2017, 1, number) for number in days):
        before = read_header(january.deliveries / order_file(day))
        figures = true_figures(january, day)

        planted = plant(january, day)

        assert read_header(file_of(january, planted)) == change(before)
        assert true_figures(january, day) == figures == (planted.rows, planted.cents)


def test_retyped_file_column_writes_whole_numbers_as_floats(january: RetailReplay) -> None:
    before = read_columns(january.deliveries / order_file(date(2017, 1, 20)), "quantity")

    planted = troubles.retyped_file_column(january, date(2017, 1, 20))

    after = read_columns(file_of(january, planted), "quantity")
    assert after == [(f"{quantity}.0",) for (quantity,) in before]


# Households 1, 7, 8, 13, 16 and 17 are the first ones with an income after twenty days.


def test_changed_customer_gets_the_next_income_band_and_is_touched(january: RetailReplay) -> None:
    planted = troubles.changed_customer(january)

    assert (planted.keys, planted.before, planted.after) == (((1,),), "35-49K", "50-74K")
    assert household(january, 1) == ("50-74K", True)


def test_touchless_change_leaves_updated_at_alone(january: RetailReplay) -> None:
    planted = troubles.touchless_change(january)

    assert (planted.keys, planted.before, planted.after) == (((7,),), "50-74K", "75-99K")
    assert household(january, 7) == ("75-99K", False)


def test_deleted_customer_is_gone_and_its_campaigns_stay(january: RetailReplay) -> None:
    planted = troubles.deleted_customer(january, household_id=8)

    assert planted.keys == ((8,),)
    assert household(january, 8) is None


def test_late_commit_is_seen_after_the_commit_with_the_time_of_its_beginning(
    january: RetailReplay,
) -> None:
    with LateCommit(january, household_id=16) as planted:
        during = household(january, 16)
        with january.connect() as connection:
            extract_began = connection.execute("select now()").fetchone()

    with january.connect() as connection:
        updated = connection.execute(
            "select updated_at from crm.households where household_id = 16"
        ).fetchone()
    assert during == (planted.before, False)
    assert household(january, 16) == (planted.after, True)
    assert updated is not None
    assert extract_began is not None
    assert updated[0] < extract_began[0]


def test_late_commit_that_fails_in_between_changes_nothing(january: RetailReplay) -> None:
    def fail_while_open() -> None:
        with LateCommit(january, household_id=16):
            raise InterruptedError

    before = household(january, 16)

    with pytest.raises(InterruptedError):
        fail_while_open()

    assert household(january, 16) == before


def test_trouble_with_an_unknown_customer_names_it(january: RetailReplay) -> None:
    with pytest.raises(LookupError, match="No household 999999 with an income"):
        troubles.changed_customer(january, household_id=999_999)


def columns_of_households(replay: RetailReplay) -> dict[str, str]:
    with replay.connect() as connection:
        return dict(
            connection.execute(
                "select column_name, data_type from information_schema.columns "
                "where table_schema = 'crm' and table_name = 'households'"
            ).fetchall()
        )


@pytest.mark.parametrize(
    ("plant", "column", "before", "after"),
    [
        (troubles.new_crm_column, "loyalty_tier", None, "character varying"),
        (troubles.dropped_crm_column, "kids_count", "character varying", None),
        (troubles.retyped_crm_column, "enrolled_on", "date", "character varying"),
    ],
)
def test_crm_columns_change_as_planted(
    replay: RetailReplay,
    plant: Callable[[RetailReplay], Planted],
    column: str,
    before: str | None,
    after: str | None,
) -> None:
    assert columns_of_households(replay).get(column) == before

    planted = plant(replay)

    assert columns_of_households(replay).get(column) == after
    assert planted.where == "crm.households"


def test_missing_crm_table_is_gone_until_it_is_returned(replay: RetailReplay) -> None:
    with replay.connect() as connection:
        connection.execute("insert into crm.campaigns values (1, 'Type A', now(), now())")

    troubles.missing_crm_table(replay, "campaigns")

    with replay.connect() as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("select from crm.campaigns")
    troubles.returned_crm_table(replay, "campaigns")
    with replay.connect() as connection:
        assert connection.execute("select campaign_id from crm.campaigns").fetchall() == [(1,)]


def test_trouble_with_a_file_that_is_not_delivered_names_it(replay: RetailReplay) -> None:
    with pytest.raises(FileNotFoundError, match=r"2017-01-01.csv.gz is not there: play to"):
        troubles.empty_file(replay, date(2017, 1, 1))
