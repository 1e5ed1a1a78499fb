"""Shifted beta-geometric against Fader and Hardie (2007, 2010)."""

from dataclasses import astuple

import numpy as np
import pytest
from customer_value.lifetime_value.shifted_beta_geometric import (
    ShiftedBetaGeometricParams,
    discounted_expected_lifetime,
    discounted_expected_residual_lifetime,
    fit,
    retention,
    survival,
)

# Customers left of 1,000 after each of seven renewals, Fader and Hardie (2007).
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
# Recalled, not confirmed in the paper: input and parameters of the Regular segment.
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
PUBLISHED = ShiftedBetaGeometricParams(alpha=0.6681, beta=3.8061)


@pytest.mark.parametrize(
    ("survivors", "parameters"), [(HIGH_END, (0.6681, 3.8061)), (REGULAR, (0.7041, 1.182))]
)
def test_parameters_are_the_published_ones(
    survivors: list[int], parameters: tuple[float, float]
) -> None:
    found = fit(survivors, penalty=0)

    assert astuple(found.params) == pytest.approx(parameters, abs=1e-4)
    assert not found.is_degenerate


def test_the_next_five_years_are_projected_as_published() -> None:
    projected = survival(fit(HIGH_END, penalty=0).params, [8, 9, 10, 11, 12])

    assert projected.round(3).tolist() == [0.460, 0.436, 0.414, 0.395, 0.378]


def test_residual_lifetime_after_seven_renewals_is_the_published_one() -> None:
    """Fader and Hardie (2010), at a discount rate of 10 %."""
    residual = discounted_expected_residual_lifetime(PUBLISHED, 7, 0.1)

    assert residual[0] == pytest.approx(7.530, abs=5e-4)


def test_survival_and_retention_worked_by_hand() -> None:
    """Both parameters 1: leaving uniform, so S(t) = 1/(1+t) and retention t/(t+1)."""
    ones = ShiftedBetaGeometricParams(1, 1)

    assert survival(ones, [0, 1, 2, 9]) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 10])
    assert retention(ones, [1, 2, 9]) == pytest.approx([1 / 2, 2 / 3, 9 / 10])


def test_lifetimes_are_the_sums_they_stand_for() -> None:
    t = np.arange(4000)
    discount = 1.1**-t
    left = survival(PUBLISHED, t)

    whole = discounted_expected_lifetime(PUBLISHED, 0.1)
    after_seven = discounted_expected_residual_lifetime(PUBLISHED, 7, 0.1)

    assert whole == pytest.approx(float(left @ discount))
    assert after_seven[0] == pytest.approx(float(left[8:] @ discount[:-8] / left[7]))


def test_the_longer_a_customer_stayed_the_longer_the_rest() -> None:
    residual = discounted_expected_residual_lifetime(PUBLISHED, np.arange(200), 0.1)

    assert (np.diff(residual) > 0).all()
    assert residual[-1] < 11


def test_the_size_of_the_cohort_changes_certainty_only() -> None:
    small, large = (fit(np.array(HIGH_END) * size, penalty=0) for size in (1, 100))

    assert astuple(small.params) == pytest.approx(astuple(large.params), rel=1e-4)
    assert small.covariance == pytest.approx(large.covariance * 100, rel=1e-3)


def test_leaving_at_one_constant_rate_is_called_degenerate() -> None:
    """Half leave each period: alpha = beta = infinity is the limit."""
    found = fit([1024, 512, 256, 128, 64, 32, 16], penalty=0)

    assert found.is_degenerate


@pytest.mark.parametrize(
    ("survivors", "message"),
    [
        ([100], "a cohort and at least one period"),
        ([0, 0], "a cohort and at least one period"),
        ([100, 90, 91], "survivors never grow: .*; row 2 is 91"),
        ([100, -1], "survivors must be at least 0; row 1 is -1"),
    ],
)
def test_survivors_that_cannot_be_are_refused(survivors: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit(survivors)


def test_an_undiscounted_lifetime_is_refused() -> None:
    with pytest.raises(ValueError, match="rate must be a finite number above 0"):
        discounted_expected_lifetime(PUBLISHED, 0)
