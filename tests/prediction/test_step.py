import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from customer_value.lifetime_value.family import FAMILY
from customer_value.prediction.artefact import Artefact, key_of, read_artefact, write_artefact
from customer_value.prediction.fit import fit_unit
from customer_value.prediction.history import read_histories
from customer_value.prediction.score import model_of, predict_cells

from tests.prediction.conftest import CUSTOMERS, DAYS, FIRST

LAST = FIRST + dt.timedelta(days=DAYS)


@pytest.fixture(scope="module")
def artefact(occasions: duckdb.DuckDBPyConnection) -> Artefact:
    return fit_unit(occasions, "shop", LAST, "digest")


def test_a_fit_says_what_it_chose_and_why(artefact: Artefact):
    assert artefact.chosen in FAMILY
    assert artefact.reason.startswith("smallest mean absolute error over 3 holdouts")
    assert artefact.customers_count == CUSTOMERS
    assert artefact.band
    assert artefact.band[0] < artefact.band[1] < artefact.band[2]


def test_an_artefact_comes_back_as_it_was_written(artefact: Artefact, tmp_path: Path):
    write_artefact(tmp_path / "unit" / "fit.json", artefact)

    assert read_artefact(tmp_path / "unit" / "fit.json") == artefact


def test_another_day_unit_or_history_is_another_fit():
    keys = {
        key_of("shop", LAST, "a"),
        key_of("mill", LAST, "a"),
        key_of("shop", FIRST, "a"),
        key_of("shop", LAST, "b"),
    }

    assert len(keys) == 4
    assert key_of("shop", LAST, "a") in keys


def test_too_little_history_is_said(occasions: duckdb.DuckDBPyConnection):
    found = fit_unit(occasions, "shop", FIRST + dt.timedelta(days=100), "digest")

    assert found.chosen is None
    assert found.reason == "100 days of history, 182 needed for a backtest"


def test_too_few_customers_are_said(occasions: duckdb.DuckDBPyConnection):
    occasions.execute(
        "insert into intermediate.int_customers__known_activity "
        "select customer_id, 'kiosk', activity_date, purchase_occasions_count, net_revenue "
        "from intermediate.int_customers__known_activity "
        "where customer_id in ('shop-1', 'shop-2')"
    )

    found = fit_unit(occasions, "kiosk", LAST, "digest")

    assert found.chosen is None
    assert found.reason == "2 customers, 200 needed"


def test_a_base_that_came_all_at_once_at_the_end_has_nothing_to_be_tested_on(
    occasions: duckdb.DuckDBPyConnection,
):
    """A first customer a year ago, 300 in the last month: old enough, and no quarter to test."""
    occasions.execute(
        "insert into intermediate.int_customers__known_activity "
        "select 'late-' || customer, 'late', date '2024-02-01' + cast(customer % 20 + day "
        "as integer), 1, 5.00 from range(300) as customers (customer), range(2) as days (day)"
    )
    occasions.execute(
        "insert into intermediate.int_customers__known_activity "
        "values ('late-first', 'late', '2023-01-01', 1, 5.00)"
    )

    found = fit_unit(occasions, "late", LAST, "digest")

    assert found.chosen is None
    assert found.reason == "no past quarter began with 200 customers to test on"


def test_each_history_is_predicted_once_as_the_model_says(
    occasions: duckdb.DuckDBPyConnection, artefact: Artefact
):
    cells = predict_cells(occasions, artefact, LAST, 0.15)

    table = cells.to_pydict()
    chosen = next(model for model in artefact.models if model.name == artefact.chosen)
    model = FAMILY[chosen.name]
    params = model.params_type(**chosen.parameters)
    history = [table[name] for name in ("repeat_occasions", "age_at_last_purchase", "age")]
    assert sum(table["customers_count"]) == CUSTOMERS
    assert len(set(zip(*history, strict=True))) == cells.num_rows
    expected = model.expected_purchases(params, *history, 365)
    scored = np.multiply(table["probability_alive"], table["occasions_if_alive_365"])
    assert scored == pytest.approx(expected)
    assert (np.array(table["occasions_low_90"]) <= np.array(table["occasions_high_90"])).all()


def test_each_customer_of_a_large_base_is_predicted_by_the_own_history(
    occasions: duckdb.DuckDBPyConnection, artefact: Artefact
):
    """Fitted to a million: scores by cell are those of the customers one by one, to the day."""
    model, params = model_of(artefact)
    own = read_histories(occasions, "shop", LAST)

    cells = predict_cells(occasions, replace(artefact, customers_count=1_000_000), LAST, 0.15)

    table = {
        name: column.to_numpy() for name, column in zip(cells.column_names, cells, strict=True)
    }
    keys = ("repeat_occasions", "age_at_last_purchase", "age")
    place = {
        history: row for row, history in enumerate(zip(*(table[k] for k in keys), strict=True))
    }
    histories = own.repeat_occasions, own.age_at_last_purchase, own.age
    rows = [place[history] for history in zip(*histories, strict=True)]
    assert table["probability_alive"][rows] == pytest.approx(
        model.probability_alive(params, *histories), abs=1e-12
    )
    scored = table["probability_alive"] * table["occasions_if_alive_90"]
    assert scored[rows] == pytest.approx(model.expected_purchases(params, *histories, 90), rel=1e-9)


def test_a_unit_without_a_model_is_not_predicted(
    occasions: duckdb.DuckDBPyConnection, artefact: Artefact
):
    with pytest.raises(LookupError, match="shop has no model: no model may be used"):
        predict_cells(
            occasions,
            replace(artefact, chosen=None, reason="no model may be used"),
            LAST,
            0.15,
        )
