"""Pareto/NBD against its published implementations, CDNOW in weeks, and against quadrature."""

import numpy as np
import pytest
from customer_value.lifetime_value.pareto_nbd import PARETO_NBD, ParetoNbdParams
from scipy import integrate, special

# The published fit to four digits; the same data fitted here agree (test_fit).
CDNOW = ParetoNbdParams(r=0.5533, alpha=10.578, s=0.6062, beta=11.669)


def test_a_new_customer_is_expected_to_repeat_as_published() -> None:
    expected = PARETO_NBD.expected_purchases_of_new_customer(CDNOW, 52)

    assert expected == pytest.approx(1.473434, rel=1e-4)


def test_a_frequent_customer_is_predicted_as_published() -> None:
    """30.857 weeks are 216 days."""
    expected = PARETO_NBD.expected_purchases(CDNOW, 26, 216 / 7, 31, 52)
    alive = PARETO_NBD.probability_alive(CDNOW, 26, 216 / 7, 31)

    assert expected[0] == pytest.approx(25.45647, rel=1e-4)
    assert alive[0] == pytest.approx(0.997874, abs=1e-6)


def test_the_more_a_silent_customer_bought_the_less_is_expected_as_published() -> None:
    expected = PARETO_NBD.expected_purchases(CDNOW, [10, 15, 20, 25], 20, 39, 52)

    assert expected == pytest.approx([0.7062, 0.1442, 0.0225, 0.0031], rel=5e-4, abs=5e-5)


def test_a_one_time_buyer_worked_by_hand() -> None:
    """All parameters 1, T = 1. Alive: 1/2 * 1/2. Left: integral of (1+u)^-3 over 0 to 1 = 3/8."""
    ones = ParetoNbdParams(1, 1, 1, 1)
    zero, one = np.zeros(1), np.ones(1)

    likelihood, _ = PARETO_NBD.log_likelihood_and_gradient(ones, zero, zero, one)

    assert np.exp(likelihood[0]) == pytest.approx(5 / 8)
    assert PARETO_NBD.probability_alive(ones, 0, 0, 1)[0] == pytest.approx(2 / 5)


@pytest.mark.parametrize("s", [0.3, 0.606, 1.0, 2.5])
def test_expected_purchases_agree_with_the_closed_form(s: float) -> None:
    """Schmittlein, Morrison and Colombo (1987): (b+T)/(s-1) (1 - ((b+T)/(b+T+t))^(s-1))."""
    params = ParetoNbdParams(r=0.553, alpha=10.578, s=s, beta=11.669)
    lifetime = 11.669 + 39
    log_growth = np.log1p(52 / lifetime)

    expected = PARETO_NBD.expected_purchases_if_alive(params, 4, 39, 52)

    closed = lifetime * log_growth * special.exprel(-(s - 1) * log_growth)
    assert expected[0] == pytest.approx(4.553 / 49.578 * closed, rel=1e-10)


@pytest.mark.parametrize(
    ("params", "x", "t_x", "age"),
    [
        ((0.553, 10.578, 0.606, 11.669), 2, 30.43, 38.86),
        ((0.16, 82.9, 0.27, 3.14), 68, 29.6, 722.5),
        ((3.8, 491.0, 3.9, 13.2), 0, 0.0, 296.4),
        ((0.5, 3.0, 1.0, 900.0), 300, 7000.0, 7300.0),
        ((2.0, 0.2, 1.0, 0.2), 5, 1.0, 7300.0),
    ],
)
def test_probability_alive_agrees_with_adaptive_quadrature(
    params: tuple[float, ...], x: int, t_x: float, age: float
) -> None:
    r, alpha, s, beta = params

    def gone_at(log_time: float) -> float:
        """Odds of having left at that time, in its logarithm, against being alive now."""
        u = np.exp(log_time) - alpha
        return float(
            s
            * np.exp((r + x) * np.log((alpha + age) / (alpha + u)) + s * np.log(beta + age))
            / (beta + u) ** (s + 1)
            * (alpha + u)
        )

    ends = np.log([alpha + t_x, alpha + age])
    odds_gone = integrate.quad(gone_at, *ends, epsrel=1e-10, limit=500)[0]

    alive = PARETO_NBD.probability_alive(ParetoNbdParams(*params), x, t_x, age)

    assert alive[0] == pytest.approx(1 / (1 + odds_gone), rel=1e-6)


def test_silence_of_no_length_leaves_no_doubt() -> None:
    assert PARETO_NBD.probability_alive(CDNOW, 3, 20, 20).tolist() == [1.0]
