import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pytest
from customer_value.prediction.potential import (
    Potential,
    conformal_shift,
    fit_potential,
    horizon_for,
)

from tests.prediction.conftest import CUSTOMERS, DAYS, FIRST

LAST = FIRST + dt.timedelta(days=DAYS)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fits") / "shop" / "potential.json"


@pytest.fixture(scope="module")
def potential(occasions: duckdb.DuckDBPyConnection, kept: Path) -> Potential:
    return fit_potential(occasions, "shop", LAST, LAST, kept)


def test_a_year_is_predicted_from_two_years_and_else_half_of_what_there_is():
    assert [horizon_for(days) for days in (181, 182, 363, 364, 729, 730, 2000)] == [
        *(None, 91, 91, 182, 364, 365, 365),
    ]


def test_an_end_moves_to_the_place_that_holds_nine_in_ten():
    """Nineteen customers: ceil(20 x 0.9) is the 18th smallest excess. Nine: the largest."""
    assert conformal_shift(np.arange(19.0)) == 17
    assert conformal_shift(np.arange(9.0)) == 8


def test_every_customer_has_a_potential_no_smaller_than_what_is_expected(potential: Potential):
    table = potential.customers.to_pydict()

    assert (potential.horizon_days, potential.cut_off) == (182, LAST - dt.timedelta(days=182))
    assert potential.reason == "taught by 360 customers, tested on 120"
    assert len(set(table["customer_id"])) == CUSTOMERS
    low, expected, high = (np.array(table[name]) for name in ("low", "expected", "potential"))
    assert (low >= 0).all()
    assert (low <= expected).all()
    assert (expected <= high).all()


def test_potentials_belong_to_their_customers(
    occasions: duckdb.DuckDBPyConnection, potential: Potential
):
    spent = dict(
        occasions.execute(
            "select customer_id, sum(net_revenue) "
            "from intermediate.int_customers__known_activity "
            "where business_unit = 'shop' and activity_date >= ? group by customer_id",
            [LAST - dt.timedelta(days=182)],
        ).fetchall()
    )

    table = potential.customers.to_pydict()

    assert dict(zip(table["customer_id"], table["last_value"], strict=True)) == pytest.approx(
        {customer: float(spent.get(customer, 0)) for customer in table["customer_id"]}
    )


def test_the_test_shows_a_better_method_than_the_mean_and_the_share_that_ends_held(
    potential: Potential,
):
    """Of 120 customers, 0.9 and 0.8 are known to 0.03 and 0.04: three of these are allowed."""
    by_name = {test.method: test for test in potential.tests}

    boosting, mean = by_name["gradient_boosting"], by_name["naive_mean"]
    assert boosting.mean_absolute_error < mean.mean_absolute_error
    assert boosting.potential_coverage == pytest.approx(0.9, abs=0.09)
    assert boosting.interval_coverage == pytest.approx(0.8, abs=0.12)
    assert len({(test.customers_count, test.actual_total) for test in potential.tests}) == 1


def test_the_same_history_gives_the_same_potential(
    occasions: duckdb.DuckDBPyConnection, potential: Potential, tmp_path: Path
):
    again = fit_potential(occasions, "shop", LAST, LAST, tmp_path / "again.json")

    assert again.customers.equals(potential.customers)


def test_a_later_night_asks_what_was_taught_without_teaching(
    occasions: duckdb.DuckDBPyConnection, potential: Potential, kept: Path
):
    """A week on, nobody bought anything: the last half year moved, what was taught did not."""
    written = kept.read_bytes()

    later = fit_potential(occasions, "shop", LAST, LAST + dt.timedelta(days=7), kept)

    assert kept.read_bytes() == written
    assert (later.tests, later.reason) == (potential.tests, potential.reason)
    assert later.customers["customer_id"].equals(potential.customers["customer_id"])
    assert not later.customers["potential"].equals(potential.customers["potential"])


def test_too_little_history_is_said(occasions: duckdb.DuckDBPyConnection, tmp_path: Path):
    found = fit_potential(
        occasions, "shop", FIRST + dt.timedelta(days=100), LAST, tmp_path / "kept.json"
    )

    assert found.customers is None
    assert found.reason == "100 days of history, 182 needed"


def test_too_few_customers_are_said(occasions: duckdb.DuckDBPyConnection, tmp_path: Path):
    occasions.execute(
        "insert into intermediate.int_customers__known_activity "
        "select customer_id, 'stall', activity_date, purchase_occasions_count, net_revenue "
        "from intermediate.int_customers__known_activity "
        "where business_unit = 'shop' and customer_id in ('shop-1', 'shop-2')"
    )

    found = fit_potential(occasions, "stall", LAST, LAST, tmp_path / "kept.json")

    assert found.customers is None
    assert found.reason == f"2 customers by {LAST - dt.timedelta(days=182)}, 200 needed"
