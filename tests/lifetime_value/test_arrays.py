"""Shortcuts give what the plain functions give."""

import numpy as np
import pytest
from customer_value.lifetime_value.arrays import keyed, softplus_and_expit, weighted_sum
from scipy import special


def test_softplus_and_expit_are_those_of_numpy_and_scipy() -> None:
    log_odds = np.array([-np.inf, -800.0, -37.0, -1.0, -1e-12, 0.0, 0.3, 37.0, 800.0])

    log_of_sum, share = softplus_and_expit(log_odds)

    np.testing.assert_allclose(log_of_sum, np.logaddexp(0, log_odds), rtol=1e-15)
    np.testing.assert_allclose(share, special.expit(log_odds), rtol=1e-15)


def test_weighted_sum_adds_up_rows_of_a_column_and_of_several() -> None:
    weights = np.array([1.0, 2.0, 3.0])
    values = np.array([[1.0, 1.0, 1.0], [4.0, 0.0, 2.0]])

    assert weighted_sum(weights, values[1]) == 10
    assert weighted_sum(weights, values).tolist() == [6, 10]


@pytest.mark.parametrize("unit", [1.0, 7.0, -1.0])
def test_a_key_tells_rows_apart_in_their_order(unit: float) -> None:
    """Whole days of few values number themselves; weeks and negative numbers are counted."""
    rng = np.random.default_rng(5)
    columns = [rng.integers(0, 6, 500) / unit for _ in range(3)]

    keys, rows_of = keyed(*columns)

    rows = list(zip(*columns, strict=True))
    assert list(zip(*rows_of(keys), strict=True)) == rows
    assert [rows[place] for place in np.argsort(keys, kind="stable")] == sorted(rows)


def test_more_rows_than_a_key_can_tell_apart_are_refused() -> None:
    columns = [np.arange(0.5, 10_000) for _ in range(5)]

    with pytest.raises(ValueError, match="10000, 10000, 10000, 10000, 10000 different values"):
        keyed(*columns)
