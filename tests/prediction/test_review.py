import datetime as dt
from dataclasses import replace

import duckdb
import pytest
from customer_value.errors import BacktestError
from customer_value.prediction import backtest
from customer_value.prediction.history import KNOWN
from customer_value.prediction.review import Review, refuse_left_bands, review, review_cut_off

from tests.prediction.conftest import CUSTOMERS, DAYS, FIRST

LAST = FIRST + dt.timedelta(days=DAYS)
QUARTER = dt.timedelta(days=91)
WITHIN = Review("shop", LAST, "nbd", "smallest error", 500, 1000.0, 1100.0, 0.9, 1.2)


def test_a_quarter_is_foretold_by_the_model_chosen_before_it(
    occasions: duckdb.DuckDBPyConnection,
):
    found = review_cut_off(occasions, "shop", LAST - QUARTER, KNOWN)

    scores = backtest.scores_at(occasions, "shop", [LAST - QUARTER], CUSTOMERS)
    same = next(score for score in scores if score.method == found.model)
    assert found.predicted_total == pytest.approx(same.predicted_total)
    assert found.actual_total == pytest.approx(same.actual_total)
    assert (found.low, found.high) == (0.75, 1.25), "two quarters before it make no band"
    assert found.is_within


def test_a_quarter_with_too_little_before_it_is_not_judged(occasions: duckdb.DuckDBPyConnection):
    found = review_cut_off(occasions, "shop", FIRST + QUARTER, KNOWN)

    assert found.model is None
    assert found.reason == "91 days of history, 182 needed for a backtest"
    assert found.is_within


def test_activity_is_that_of_the_published_orders_and_refunds_of_known_customers():
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute(
        "create table marts.dim_customers as select * from (values "
        "('a', false), ('shop-unknown', true)) as rows (customer_id, is_unknown)"
    )
    connection.execute(
        "create table marts.fct_orders as select * from (values "
        "('a', 'shop', date '2024-01-01', 10.00), ('a', 'shop', date '2024-01-01', 5.00), "
        "('shop-unknown', 'shop', date '2023-01-01', 9.00)) "
        "as rows (customer_id, business_unit, order_date, sales_revenue)"
    )
    connection.execute(
        "create table marts.fct_refunds as select * from (values "
        "('a', 'shop', date '2024-01-01', 2.00), ('a', 'shop', date '2024-02-01', 1.00)) "
        "as rows (customer_id, business_unit, refund_date, refund)"
    )

    found = review(connection, dt.date(2024, 7, 1))

    assert connection.execute("from published_activity order by activity_date").fetchall() == [
        ("a", "shop", dt.date(2024, 1, 1), 1, 13),
        ("a", "shop", dt.date(2024, 2, 1), 0, -1),
    ]
    assert [(one.cut_off, one.model) for one in found] == [(dt.date(2024, 4, 1), None)]


def test_what_came_within_the_band_is_let_pass():
    assert WITHIN.ratio == pytest.approx(1.1)

    refuse_left_bands([WITHIN], where="here")


def test_the_latest_quarter_outside_its_band_is_refused_with_its_numbers():
    left = replace(WITHIN, actual_total=1210.0)

    with pytest.raises(BacktestError, match=r"foretold 1,000\.00, 1,210\.00 came"):
        refuse_left_bands([left, replace(WITHIN, cut_off=LAST - QUARTER)], where="here")


def test_an_earlier_quarter_outside_its_band_is_shown_and_refuses_nothing():
    earlier = replace(WITHIN, cut_off=LAST - QUARTER, actual_total=100.0)

    refuse_left_bands([WITHIN, earlier], where="here")

    assert earlier.as_record()["is_within"] is False
