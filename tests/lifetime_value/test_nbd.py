"""NBD: nobody leaves, so everything has a closed form."""

import numpy as np
import pytest
from customer_value.lifetime_value.nbd import NBD, NbdParams
from scipy import stats

PARAMS = NbdParams(r=2, alpha=3)


def test_everybody_is_alive() -> None:
    assert NBD.probability_alive(PARAMS, [0, 5], [0, 1], [900, 900]).tolist() == [1, 1]


def test_expected_purchases_are_the_rate_times_the_horizon() -> None:
    """(2 + 4) / (3 + 9) = 1/2 a week; discounted at 10 % without end, 1/2 / 0.1."""
    assert NBD.expected_purchases(PARAMS, 4, 8, 9, 10)[0] == pytest.approx(5)
    assert NBD.discounted_expected_purchases(PARAMS, 4, 8, 9, 0.1)[0] == pytest.approx(5)


def test_the_interval_is_that_of_the_negative_binomial() -> None:
    distribution = stats.nbinom(2 + 4, (3 + 9) / (3 + 9 + 20))

    low, high = NBD.purchase_interval(PARAMS, 4, 8, 9, 20, 0.9)

    assert [low[0], high[0]] == [distribution.ppf(0.05), distribution.ppf(0.95)]


def test_the_likelihood_of_two_repeats_worked_by_hand() -> None:
    """r = alpha = 1, T = 1: integral of l^2 exp(-2l) = 2/8."""
    likelihood, _ = NBD.log_likelihood_and_gradient(
        NbdParams(1, 1), np.full(1, 2.0), np.full(1, 0.5), np.ones(1)
    )

    assert np.exp(likelihood[0]) == pytest.approx(1 / 4)
