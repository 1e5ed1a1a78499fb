"""Gamma-Gamma against Fader and Hardie (2013) on CDNOW, and its two assumptions."""

from dataclasses import astuple

import numpy as np
import pytest
from customer_value.lifetime_value.gamma_gamma import (
    GammaGammaParams,
    check_assumptions,
    expected_value_per_occasion,
    fit,
    shrinkage,
)
from scipy import integrate, stats

from tests.lifetime_value.cdnow import customers

CDNOW = GammaGammaParams(p=6.25, q=3.74, gamma=15.44)
SAMPLE = customers("sample")
REPEATED = SAMPLE.x > 0


def test_cdnow_parameters_are_the_published_ones() -> None:
    """Fader and Hardie (2013): 946 customers with a repeat purchase; p 6.25, q 3.74, g 15.44."""
    assert REPEATED.sum() == 946

    found = fit(SAMPLE.x[REPEATED], SAMPLE.spend_per_repeat[REPEATED], penalty=0)

    assert astuple(found.params) == pytest.approx((6.25, 3.74, 15.44), abs=5e-3)
    assert not found.is_degenerate


def test_the_likelihood_of_one_customer_agrees_with_quadrature() -> None:
    """One value of 2 from Gamma(p, nu), nu from Gamma(q, gamma), integrated over nu.

    A fit to a single customer shows its log-likelihood at the parameters it returns.
    """
    found = fit([3], [2.0])
    p, q, gamma = astuple(found.params)

    def density(rate: float) -> float:
        mean_of_three = stats.gamma.pdf(2.0, 3 * p, scale=1 / (3 * rate))
        return float(mean_of_three * stats.gamma.pdf(rate, q, scale=1 / gamma))

    likelihood = integrate.quad(density, 0, 50, epsrel=1e-10, limit=400)[0]
    assert found.log_likelihood == pytest.approx(np.log(likelihood), rel=1e-6)


def test_expected_value_worked_by_hand() -> None:
    """p 2, q 3, gamma 10: base mean 2*10/2 = 10; x = 2 weighs 4/(4+2), so 30 becomes 70/3."""
    params = GammaGammaParams(p=2, q=3, gamma=10)

    own, prior_mean = shrinkage(params, [0, 2])
    value = expected_value_per_occasion(params, [0, 2], [0, 30])

    assert own == pytest.approx([0, 2 / 3])
    assert prior_mean == pytest.approx(10)
    assert value == pytest.approx([10, 70 / 3])
    # The published form, p (g + x m) / (p x + q - 1).
    assert value[1] == pytest.approx(2 * (10 + 2 * 30) / (2 * 2 + 3 - 1))


def test_the_mean_value_of_the_base_follows_from_the_published_parameters() -> None:
    """p gamma / (q - 1) = 6.25 * 15.44 / 2.74 = 96.5 / 2.74 = 35.22 a transaction."""
    assert shrinkage(CDNOW, 0)[1] == pytest.approx(35.2, abs=0.05)


def test_parameters_are_found_again_in_simulated_customers() -> None:
    rng = np.random.default_rng(2)
    rate = rng.gamma(4.0, 1 / 20.0, 8_000)
    x = rng.integers(1, 8, 8_000)
    mean_value = rng.gamma(5.0 * x, 1 / rate) / x

    found = fit(x, mean_value)

    truth = np.log([5.0, 4.0 - 1, 20.0])
    params = np.log([found.params.p, found.params.q - 1, found.params.gamma])
    assert (np.abs(params - truth) < 4 * np.sqrt(np.diag(found.covariance))).all()


def test_weights_are_repeated_customers_and_money_has_no_unit() -> None:
    weighted = fit([1, 3], [10.0, 20.0], [3, 2])
    repeated = fit([1, 1, 1, 3, 3], [10.0, 10.0, 10.0, 20.0, 20.0])
    in_cents = fit([1, 3], [1000.0, 2000.0], [3, 2])

    assert astuple(repeated.params) == pytest.approx(astuple(weighted.params), rel=1e-6)
    assert in_cents.params.gamma == pytest.approx(100 * weighted.params.gamma, rel=1e-6)
    assert in_cents.params.q == pytest.approx(weighted.params.q, rel=1e-6)


def test_a_base_of_very_frequent_buyers_does_not_overflow() -> None:
    found = fit([10_000, 5_000, 1, 1], [10.0, 11.0, 5.0, 19.0])

    assert np.isfinite(found.log_likelihood)
    assert np.isfinite(expected_value_per_occasion(found.params, 10_000, 1e6)).all()


@pytest.mark.parametrize(
    ("x", "mean_value", "message"),
    [
        ([1, 0], [5, 5], "occasions must be at least 1: .*; row 1 is 0"),
        ([1, 1], [5, -2], "mean_value must be positive: .*; row 1 is -2"),
        ([1], [np.nan], "mean_value must be finite"),
    ],
)
def test_customers_who_tell_nothing_are_refused(
    x: list[float], mean_value: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        fit(x, mean_value)


def test_a_spread_without_a_mean_is_refused() -> None:
    with pytest.raises(ValueError, match="q must be above 1, got 1"):
        GammaGammaParams(p=1, q=1, gamma=1)


def test_cdnow_meets_the_assumptions() -> None:
    found = check_assumptions(SAMPLE.x[REPEATED], SAMPLE.spend_per_repeat[REPEATED])

    assert found.is_positive
    assert found.is_uncorrelated
    assert found.customers_count == 946
    assert found.low < found.correlation < found.high


def test_spearman_is_that_of_scipy_with_ties_and_weights() -> None:
    x, mean_value = [1, 1, 2, 3, 3, 3], [5.0, 9.0, 9.0, 4.0, 12.0, 12.0]

    by_weight = check_assumptions([1, 1, 2, 3, 3], [5.0, 9.0, 9.0, 4.0, 12.0], [1, 1, 1, 1, 2])

    assert by_weight.correlation == pytest.approx(stats.spearmanr(x, mean_value).statistic)


def test_values_that_fall_with_frequency_are_reported() -> None:
    x = np.arange(1, 200)

    found = check_assumptions(x, 1000.0 / x)

    assert found.correlation == pytest.approx(-1)
    assert not found.is_uncorrelated


def test_values_of_nothing_are_counted_not_raised() -> None:
    found = check_assumptions([1, 2, 3, 4, 5], [5.0, 0.0, -1.0, 7.0, 6.0], [1, 2, 3, 1, 1])

    assert not found.is_positive
    assert found.nonpositive_customers_count == 5
    # Three customers are left: their correlation proves nothing.
    assert (found.low, found.high) == (-1, 1)
