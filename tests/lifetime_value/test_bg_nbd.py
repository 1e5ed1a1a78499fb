"""BG/NBD against Fader, Hardie and Lee (2005a) and its published implementations, CDNOW in weeks.

Parameters as printed, to five digits, so results are good to about five as well.
"""

import numpy as np
import pytest
from customer_value.lifetime_value.beta_geometric import BetaGeometricParams
from customer_value.lifetime_value.bg_nbd import BG_NBD
from scipy import special

CDNOW = BetaGeometricParams(r=0.24260, alpha=4.41368, a=0.79299, b=2.42617)


def test_a_new_customer_is_expected_to_repeat_as_published() -> None:
    assert BG_NBD.expected_purchases_of_new_customer(CDNOW, 52) == pytest.approx(1.444004, rel=1e-5)


def test_a_frequent_customer_is_predicted_as_published() -> None:
    """30.857 weeks are 216 days."""
    expected = BG_NBD.expected_purchases(CDNOW, 26, 216 / 7, 31, 52)
    alive = BG_NBD.probability_alive(CDNOW, 26, 216 / 7, 31)

    assert expected[0] == pytest.approx(25.75659, rel=1e-5)
    assert alive[0] == pytest.approx(0.9688523, abs=5e-7)


def test_the_more_a_silent_customer_bought_the_less_is_expected_as_published() -> None:
    expected = BG_NBD.expected_purchases(CDNOW, [10, 15, 20, 25], 20, 39, 52)

    assert expected.round(5).tolist() == [0.34746, 0.04283, 0.00416, 0.00036]


def test_a_one_time_buyer_stays_alive_for_certain() -> None:
    assert BG_NBD.probability_alive(CDNOW, 0, 0, [0, 40, 10_000]).tolist() == [1, 1, 1]


def test_the_likelihood_of_one_repeat_worked_by_hand() -> None:
    """All parameters 1: rate density exp(-l), leaving uniform; x = 1 at 1, observed to 2.

    Alive: integral of l exp(-l (1+2)) = 1/9 times E[1-p] = 1/2; left: 1/4 times E[p] = 1/2.
    """
    ones = BetaGeometricParams(1, 1, 1, 1)
    x, t_x, age = np.ones(1), np.ones(1), np.full(1, 2.0)

    likelihood, _ = BG_NBD.log_likelihood_and_gradient(ones, x, t_x, age)

    assert np.exp(likelihood[0]) == pytest.approx(1 / 18 + 1 / 8)
    assert BG_NBD.probability_alive(ones, x, t_x, age)[0] == pytest.approx((1 / 18) / (13 / 72))


@pytest.mark.parametrize(("x", "age"), [(151, 0), (98, 1), (5307, 30)])
def test_whole_parameter_sums_do_not_break_the_hypergeometric_function(x: int, age: int) -> None:
    """scipy 1.17 gives NaN or infinity for 2F1 here, near z = 1."""
    whole = BetaGeometricParams(r=1, alpha=1, a=1, b=0.825)
    beside = BetaGeometricParams(r=1.00001, alpha=1, a=1, b=0.825)

    at = BG_NBD.expected_purchases(whole, x, age, age, 100_000)

    assert at == pytest.approx(BG_NBD.expected_purchases(beside, x, age, age, 100_000), rel=1e-4)


@pytest.mark.parametrize("horizon", [90, 7300])
def test_nearly_no_leaving_does_not_overflow_the_hypergeometric_function(horizon: float) -> None:
    """b = 500 and a new customer: scipy 1.17 gives NaN for 2F1 in the far part of the horizon.

    Purchases k = 1, 2, ... happen when the rate brings k and k - 1 chances to leave are survived.
    """
    params = BetaGeometricParams(r=3.5, alpha=1, a=5, b=500)
    k = np.arange(1.0, 60_000)
    survived = special.betaln(5, 503 + k - 1) - special.betaln(5, 503)
    bought = special.betainc(k, 3.5 + 3, horizon / (1 + 3 + horizon))

    expected = BG_NBD.expected_purchases_if_alive(params, 3, 3, horizon)

    assert expected[0] == pytest.approx(float((np.exp(survived) * bought).sum()), rel=1e-6)
