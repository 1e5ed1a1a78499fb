"""Does the door in stop what is not believable, and let through what only looks odd?"""

import dataclasses
import datetime as dt
import logging
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from customer_value.audit.landed import (
    Delivery,
    audit_deliveries,
    batch_summary,
    volume_summary,
)
from customer_value.audit.overrides import accept_volume
from customer_value.audit.report import AuditReport, raise_for_failures
from customer_value.errors import AuditError, SuiteError

AS_OF = dt.date(2017, 3, 1)
TUESDAY = dt.date(2017, 2, 28)
SOURCES = """
unit: retail
time_zone: UTC
systems:
  shop:
    kind: files
    connection: retail_shop
    tables:
      order_lines:
        files: "orders/*"
        delivery: once
        key: [line_id]
        volume_date: sold_at
        columns: {line_id: {type: bigint}, sold_at: {type: timestamp}}
"""
SUITE = """
import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="line_id", min_value=1, notes="Lines count from 1.")
]
BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied", value_set=[False], notes="The list came up empty."
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous", min_value=0.9, notes="A tenth never goes."
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio", max_value=0.02, notes="Tills deliver clean lines."
    ),
]
VOLUME_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_same_weekday", min_value=0.4, max_value=2.5, notes="Days are alike."
    )
]
"""


def weeks_before(date: dt.date, *rows: int) -> dict[dt.date, int]:
    """Return rows of the same weekday, the last one a week before ``date``."""
    return {date - dt.timedelta(weeks=n): count for n, count in enumerate(reversed(rows), start=1)}


@pytest.fixture
def shop(audited, write_suite):
    write_suite("landing_retail_shop.order_lines", SUITE)
    audited.sources.mkdir(parents=True)
    (audited.sources / "retail.yml").write_text(SOURCES)
    return audited


def delivery(settings, rows: int = 3, **facts) -> Delivery:
    path = settings.home / "data.parquet"
    path.parent.mkdir(exist_ok=True)
    duckdb.sql(f"copy (select 1 as line_id from range({rows})) to '{path}' (format parquet)")
    counts = {"rows_in": rows, "rows_landed": rows, "rows_duplicate": 0, "rows_quarantined": 0}
    given = {"volume": {}} | counts | facts
    return Delivery(system="retail_shop", table="order_lines", data_paths=(path,), **given)


def audit(settings, *deliveries: Delivery) -> AuditReport:
    return audit_deliveries(
        deliveries,
        database=settings.home / "audit" / "retail_shop.duckdb",
        settings=settings,
        run_id="2017-03-01-0123abcd",
        as_of_date=AS_OF,
        label="retail_shop",
    )


def test_volume_is_compared_with_the_median_of_the_last_eight_same_weekdays():
    history = weeks_before(TUESDAY, 9_999, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700)
    other_weekdays = {TUESDAY - dt.timedelta(days=n): 1 for n in range(1, 7)}

    summary = volume_summary({TUESDAY: 2700}, history | other_weekdays)

    # The ninth week back is too old; the median of the eight others is (1300 + 1400) / 2.
    assert summary == [(TUESDAY, 2700, Decimal("1350.0"), 8, Decimal("2.000000"))]


def test_days_of_one_first_delivery_are_compared_with_each_other():
    days = weeks_before(TUESDAY, 1000, 1000, 1000, 1000) | {TUESDAY: 100}

    summary = volume_summary(days, {})

    assert [ratio for *_, ratio in summary] == [None, None, None, None, Decimal("0.100000")]


def test_a_day_known_before_is_not_judged_again():
    history = weeks_before(TUESDAY, 1000, 1000, 1000, 1000) | {TUESDAY: 990}

    assert volume_summary({TUESDAY: 10}, history) == []


@pytest.mark.parametrize(
    ("history", "why"),
    [
        ((1000, 1000, 1000), "three weeks are too few"),
        ((499, 499, 499, 499), "of so few rows chance moves a day more than a fault does"),
    ],
)
def test_volume_is_not_judged_where_chance_decides(history, why):
    ((*_, ratio),) = volume_summary({TUESDAY: 1}, weeks_before(TUESDAY, *history))

    assert ratio is None, why


def test_ratios_of_a_batch_are_null_while_the_counts_are_small(audited):
    few = delivery(audited, rows_in=30, rows_quarantined=19, rows_listed=50, previous_rows=99)
    many = delivery(audited, rows_in=100, rows_quarantined=20, rows_listed=50, previous_rows=100)

    # quarantined_ratio, rows_listed, previous_rows, is_emptied, ratio_to_previous
    assert batch_summary(few)[4:] == (None, 50, 99, False, None)
    assert batch_summary(many)[4:] == (Decimal("0.2"), 50, 100, False, Decimal("0.5"))


def test_a_normal_night_passes(shop):
    night = delivery(
        shop,
        rows_listed=1001,
        previous_rows=1000,
        volume={TUESDAY: 1100},
        volume_history=weeks_before(TUESDAY, 1000, 1000, 1000, 1000),
    )

    report = audit(shop, night)

    assert (report.passed, report.evaluated) == (True, 5)


@pytest.mark.parametrize(("rows", "ratio"), [(10_000, "10"), (100, "0.1")])
def test_case_080_a_spike_and_a_drop_stop_with_date_and_remedy(shop, rows, ratio):
    night = delivery(
        shop,
        volume={TUESDAY: rows},
        volume_history=weeks_before(TUESDAY, 1000, 1000, 1000, 1000),
    )

    with pytest.raises(AuditError, match=f"Days are alike.*observed 2017-02-28: {ratio}") as caught:
        raise_for_failures(audit(shop, night))

    assert "accept volume retail_shop.order_lines --date <date>" in str(caught.value)


def test_case_032_an_empty_extract_stops_before_anyone_is_closed(shop):
    night = delivery(shop, rows=0, rows_listed=0, previous_rows=7)

    (failure,) = audit(shop, night).failures

    assert str(failure) == (
        "landing_retail_shop.order_lines__batch: is_emptied: The list came up empty. "
        "(saw 1 of 1 rows; observed True)"
    )


def test_case_033_an_empty_batch_of_changes_passes(shop):
    night = delivery(shop, rows=0, rows_listed=1000, previous_rows=1000)

    assert audit(shop, night).passed


def test_a_list_that_lost_a_tenth_stops(shop):
    night = delivery(shop, rows_listed=899, previous_rows=1000)

    (failure,) = audit(shop, night).failures

    assert "ratio_to_previous: A tenth never goes. (saw 1 of 1 rows; observed 0.899)" in str(
        failure
    )


def test_a_batch_that_is_mostly_unusable_stops(shop):
    night = delivery(shop, rows_in=1000, rows_landed=970, rows_quarantined=30)

    (failure,) = audit(shop, night).failures

    assert "quarantined_ratio: Tills deliver clean lines." in str(failure)


def test_a_row_that_is_not_believable_stops(shop):
    night = delivery(shop)
    duckdb.sql(f"copy (select 0 as line_id) to '{night.data_paths[0]}' (format parquet)")

    (failure,) = audit(shop, night).failures

    assert "order_lines: line_id: Lines count from 1. (saw 1 of 1 rows)" in str(failure)


def test_an_accepted_date_passes_and_is_named(shop, caplog):
    history = weeks_before(TUESDAY, 1000, 1000, 1000, 1000)
    accept_volume(shop, "retail_shop", "order_lines", TUESDAY, "Ann", "fair in town")

    report = audit(shop, delivery(shop, volume={TUESDAY: 5000}, volume_history=history))

    with caplog.at_level(logging.WARNING):
        raise_for_failures(report)
    assert report.passed
    (accepted,) = report.accepted
    assert "order_lines on 2017-02-28, accepted by Ann: fair in town" in accepted
    assert "ratio_to_same_weekday: Days are alike." in accepted
    assert "fair in town" in caplog.text


def test_an_acceptance_ends_with_its_date(shop):
    monday = TUESDAY - dt.timedelta(days=1)
    history = weeks_before(TUESDAY, 1000, 1000, 1000, 1000) | weeks_before(
        monday, 1000, 1000, 1000, 1000
    )
    accept_volume(shop, "retail_shop", "order_lines", monday, "Ann", "fair in town")

    both = delivery(shop, volume={monday: 5000, TUESDAY: 5000}, volume_history=history)
    (failure,) = audit(shop, both).failures

    assert failure.observed == "2017-02-28: 5"


def test_an_acceptance_of_the_night_covers_the_size_of_the_list(shop):
    accept_volume(shop, "retail_shop", "order_lines", AS_OF, "Ann", "clean-up of 2016")

    shrunk = audit(shop, delivery(shop, rows_listed=500, previous_rows=1000))
    broken = audit(
        shop,
        delivery(shop, rows_in=1000, rows_quarantined=500, rows_listed=500, previous_rows=1000),
    )

    assert (shrunk.passed, len(shrunk.accepted)) == (True, 1)
    assert [failure.column for failure in broken.failures] == ["quarantined_ratio"]


def test_a_volume_date_without_expectations_is_refused(shop, write_suite):
    text = SUITE[: SUITE.index("VOLUME_EXPECTATIONS")]
    write_suite("landing_retail_shop.order_lines", text)

    with pytest.raises(SuiteError, match="disagree about volume"):
        audit(shop, delivery(shop))


def test_a_landed_file_whose_path_holds_a_quote_is_read(shop):
    night = delivery(shop)
    path = Path(str(night.data_paths[0]).replace("data", "Ann's data"))
    night.data_paths[0].rename(path)

    report = audit(shop, dataclasses.replace(night, data_paths=(path,)))

    assert report.passed
