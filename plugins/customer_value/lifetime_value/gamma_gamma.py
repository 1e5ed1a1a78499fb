"""Gamma-Gamma: what a customer's purchase occasions are worth, from few that were seen.

Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Values of one customer's
occasions are Gamma(p, nu), nu varies over customers as Gamma(q, gamma). Money is in the caller's
unit. x counts the occasions whose mean is m: the repeat occasions, in the published form.

The model assumes that every value is positive and that value has nothing to do with frequency;
``check_assumptions`` tests both and leaves the decision to the caller.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from customer_value.lifetime_value.arrays import (
    Array,
    aligned,
    by_count,
    column,
    counts,
    refuse_rows,
    share,
    weights_for,
)
from customer_value.lifetime_value.optimum import RIDGE, Fit, maximise
from customer_value.lifetime_value.params import Params
from customer_value.lifetime_value.ranks import correlation, midranks

STARTS = (1.0, 3.0, 0.3)

# A correlation of 0.2 means that frequency explains 4 % of the (rank) variance of value. The
# authors call 0.11 on CDNOW weak enough; a test against 0 would refuse every large base.
LARGEST_CORRELATION = 0.2


@dataclass(frozen=True, slots=True)
class GammaGammaParams(Params):
    """``p`` and ``q`` without unit, ``gamma`` in money; q above 1, else no mean value exists."""

    p: float
    q: float
    gamma: float

    def __post_init__(self) -> None:
        Params.__post_init__(self)
        if self.q <= 1:
            raise ValueError(
                f"GammaGammaParams q must be above 1, got {self.q!r}: the mean value over "
                "customers would be infinite."
            )


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Whether Gamma-Gamma may be used on these customers, with the evidence.

    ``correlation`` is Spearman's between frequency and mean value among customers with positive
    value, ``low`` and ``high`` its interval. It counts as absent unless the whole interval lies
    beyond ``LARGEST_CORRELATION``; with few customers that proves little, see the width.
    """

    customers_count: float
    nonpositive_customers_count: float
    correlation: float
    low: float
    high: float
    is_positive: bool
    is_uncorrelated: bool


def fit(
    occasions: ArrayLike,
    mean_value: ArrayLike,
    customers_count: ArrayLike | None = None,
    *,
    penalty: float = RIDGE,
) -> Fit[GammaGammaParams]:
    """Return the penalised maximum-likelihood fit to customers with at least one occasion.

    The ridge acts on the logarithms of p, q - 1 and gamma, gamma in mean values; the covariance of
    the fit is that of these three. Raises ``ValueError`` naming the first row without an occasion
    or without a positive value: those customers tell this model nothing.
    """
    x, m = aligned(
        occasions=counts("occasions", occasions), mean_value=column("mean_value", mean_value)
    )
    refuse_rows(x < 1, x, "occasions must be at least 1: leave one-time buyers out")
    refuse_rows(m <= 0, m, "mean_value must be positive: leave the customer out and say so")
    weight = weights_for("customers_count", customers_count, x.size)
    unit = float(np.average(m, weights=weight))
    log_m = np.log(m / unit)
    in_unit = float(weight.sum()) * np.log(unit)

    def read(position: Array) -> GammaGammaParams:
        p, q_excess, gamma = np.exp(position).tolist()
        return GammaGammaParams(p=p, q=1 + q_excess, gamma=gamma * unit)

    def objective(position: Array) -> tuple[float, Array]:
        p, q_excess, gamma = np.exp(position).tolist()
        q = 1 + q_excess

        def gamma_terms(x: Array) -> Array:
            at_least_one = np.maximum(x, 1)
            together = special.digamma(p * at_least_one + q)
            return np.stack(
                [
                    special.gammaln(p * at_least_one + q)
                    - special.gammaln(p * at_least_one)
                    - special.gammaln(q)
                    + p * at_least_one * np.log(at_least_one),
                    together - special.digamma(p * at_least_one) + np.log(at_least_one),
                    together - special.digamma(q),
                ]
            )

        level, by_p, by_q = by_count(gamma_terms, x)
        total = gamma + m / unit * x
        log_total = np.log(total)
        likelihood = level + q * np.log(gamma) + (p * x - 1) * log_m - (p * x + q) * log_total
        gradient = [
            p * x * (by_p + log_m - log_total),
            q_excess * (by_q + np.log(gamma) - log_total),
            q - gamma * (p * x + q) / total,
        ]
        return float(weight @ likelihood) - in_unit, np.array([weight @ each for each in gradient])

    return maximise(
        "gamma_gamma",
        objective,
        read,
        names=("p", "q - 1", "gamma"),
        starts=[np.full(3, np.log(value)) for value in STARTS],
        size=float(weight.sum()),
        penalty=penalty,
    )


def shrinkage(params: GammaGammaParams, occasions: ArrayLike) -> tuple[Array, float]:
    """Return the weight of a customer's own mean, and the base's mean that gets the rest.

    Expected value per occasion is ``weight * m + (1 - weight) * prior_mean`` with
    weight = p x / (p x + q - 1) and prior_mean = p gamma / (q - 1); Fader and Hardie (2013).
    Without an occasion the weight is 0.
    """
    known = params.p * counts("occasions", occasions)
    return known / (known + params.q - 1), params.p * params.gamma / (params.q - 1)


def expected_value_per_occasion(
    params: GammaGammaParams, occasions: ArrayLike, mean_value: ArrayLike
) -> Array:
    """Return the value expected of each customer's next occasions, in the money of the fit.

    ``mean_value`` of a customer without an occasion weighs nothing but must be a number: pass 0.
    """
    x, m = aligned(
        occasions=counts("occasions", occasions), mean_value=column("mean_value", mean_value)
    )
    own, prior_mean = shrinkage(params, x)
    return own * m + (1 - own) * prior_mean


def check_assumptions(
    occasions: ArrayLike,
    mean_value: ArrayLike,
    customers_count: ArrayLike | None = None,
    *,
    level: float = 0.95,
) -> Assumptions:
    """Return whether values are positive and free of frequency, with the evidence.

    Spearman's correlation, since a few enormous baskets decide Pearson's; its interval after
    Bonett and Wright (2000): Fisher's z with standard error sqrt((1 + r^2/2) / (n - 3)). Under
    four customers the interval is -1 to 1.
    """
    x, m = aligned(
        occasions=counts("occasions", occasions), mean_value=column("mean_value", mean_value)
    )
    weight = weights_for("customers_count", customers_count, x.size)
    level = share("level", level)
    is_positive = m > 0
    kept = weight[is_positive]
    size = float(kept.sum())
    found = correlation(midranks(x[is_positive], kept), midranks(m[is_positive], kept), kept)
    low, high = -1.0, 1.0
    if size > 3:
        error = np.sqrt((1 + found**2 / 2) / (size - 3)) * special.ndtri((1 + level) / 2)
        centre = np.arctanh(np.clip(found, -1 + 1e-12, 1 - 1e-12))
        low, high = float(np.tanh(centre - error)), float(np.tanh(centre + error))
    return Assumptions(
        customers_count=float(weight.sum()),
        nonpositive_customers_count=float(weight[~is_positive].sum()),
        correlation=found,
        low=low,
        high=high,
        is_positive=bool(is_positive.all()),
        is_uncorrelated=low <= LARGEST_CORRELATION and high >= -LARGEST_CORRELATION,
    )
