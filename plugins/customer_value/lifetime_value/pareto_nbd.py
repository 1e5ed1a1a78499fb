"""Pareto/NBD: customers may leave at any moment, seen or not.

Schmittlein, Morrison and Colombo (1987), Management Science 33:1. While a customer, purchases are
Poisson with a rate that varies over customers as Gamma(r, alpha); lifetimes are exponential with a
rate that varies as Gamma(s, beta).

The usual likelihood subtracts two hypergeometric functions and overflows. Here the integral that
they stand for is taken by Gauss-Legendre quadrature, relative to the likelihood of being alive:

    L = C (alpha+T)^-(r+x) (beta+T)^-s + C s * integral from t_x to T of
        (alpha+u)^-(r+x) (beta+u)^-(s+1) du

With m the smaller and M the larger of alpha and beta, y = ln((m+u)/(m+t_x)) makes the integrand
log-concave, and q = (1-exp(-k y))/k with k a quarter of its rate of fall at t_x makes it a smooth
hump that few nodes integrate.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from customer_value.lifetime_value.arrays import Array, by_count, in_blocks
from customer_value.lifetime_value.model import NODES, WEIGHTS, Model
from customer_value.lifetime_value.params import Params
from customer_value.lifetime_value.quadrature import unit_rule

# With a quarter of the rate of fall, 12 nodes leave an error under 3e-7 in any log-likelihood met:
# what the power cannot flatten then vanishes smoothly at the far end.
GONE_NODES, GONE_WEIGHTS = unit_rule(12)
FLATTENING = 0.25

# A tail below this is left out of a distribution's quadrature; quantiles ask for three digits.
TAIL = 1e-7


@dataclass(frozen=True, slots=True)
class ParetoNbdParams(Params):
    """``r``, ``alpha``: how often customers buy; ``s``, ``beta``: how soon they leave.

    ``alpha`` and ``beta`` are times.
    """

    r: float
    alpha: float
    s: float
    beta: float


class ParetoNbd(Model[ParetoNbdParams]):
    """Given alive, the purchase rate is Gamma(r+x, alpha+T), the leaving rate Gamma(s, beta+T)."""

    name = "pareto_nbd"
    params_type = ParetoNbdParams
    time_parameters = frozenset({"alpha", "beta"})

    def log_likelihood_and_gradient(
        self,
        params: ParetoNbdParams,
        repeat_occasions: Array,
        age_at_last_purchase: Array,
        age: Array,
    ) -> tuple[Array, Array]:
        r, alpha, s, beta = params.r, params.alpha, params.s, params.beta
        x = repeat_occasions

        def gamma_terms(x: Array) -> Array:
            return np.stack(
                [
                    special.gammaln(r + x) - special.gammaln(r),
                    special.digamma(r + x) - special.digamma(r),
                ]
            )

        def gone_terms(x: Array, t_x: Array, age: Array) -> Array:
            return _gone(params, x, t_x, age)

        level, by_r = by_count(gamma_terms, x)
        log_odds_gone, log_alpha_u, log_beta_u, over_alpha_u, over_beta_u = in_blocks(
            gone_terms, x, age_at_last_purchase, age
        )
        log_alpha_age, log_beta_age = np.log(alpha + age), np.log(beta + age)
        gone = special.expit(log_odds_gone)
        stayed = 1 - gone
        likelihood = (
            level
            + r * np.log(alpha)
            + s * np.log(beta)
            - (r + x) * log_alpha_age
            - s * log_beta_age
            + np.logaddexp(0, log_odds_gone)
        )
        gradient = np.stack(
            [
                r * (by_r + np.log(alpha) - stayed * log_alpha_age - gone * log_alpha_u),
                r - (r + x) * alpha * (stayed / (alpha + age) + gone * over_alpha_u),
                s * (np.log(beta) - stayed * log_beta_age - gone * log_beta_u) + gone,
                s - beta * (s * stayed / (beta + age) + (s + 1) * gone * over_beta_u),
            ]
        )
        return likelihood, gradient

    def _probability_alive(
        self, params: ParetoNbdParams, x: Array, t_x: Array, age: Array
    ) -> Array:
        def alive(x: Array, t_x: Array, age: Array) -> Array:
            return np.asarray(special.expit(-_gone(params, x, t_x, age)[0]))

        return in_blocks(alive, x, t_x, age)

    def _rate_if_alive(
        self, params: ParetoNbdParams, x: Array, age: Array, elapsed: Array
    ) -> Array:
        stay = np.exp(-params.s * np.log1p(elapsed / (params.beta + age)))
        return np.asarray((params.r + x) / (params.alpha + age) * stay)

    def _time_scale(self, params: ParetoNbdParams, x: Array, age: Array) -> Array:  # noqa: ARG002
        return np.asarray((params.beta + age) / max(1.0, params.s))

    def _probability_of_at_least(
        self, params: ParetoNbdParams, count: Array, x: Array, age: Array, horizon: float
    ) -> Array:
        """E[P(still a customer at the time of purchase number ``count``); that time < horizon].

        That time u, for a purchase rate Gamma(R, A), has u/(A+u) ~ Beta(count, R): quadrature over
        v = ln(u/A), where the density is log-concave, cut where its tails hold less than ``TAIL``.
        """
        shape, width, lifetime = params.r + x, params.alpha + age, params.beta + age
        log_beta = special.betaln(count, shape)
        mode = np.log(count / shape)
        spread = 8 * np.sqrt(1 / count + 1 / shape)
        log_z = np.minimum((np.log(TAIL * count) + log_beta) / count, -1e-12)
        low = np.maximum(log_z - np.log(-np.expm1(log_z)), mode - spread + np.log(TAIL) / count)
        high = np.minimum(np.log(horizon / width), mode + spread - np.log(TAIL) / shape)
        length = np.maximum(high - low, 0)[:, None]
        v = low[:, None] + length * NODES
        log_density = (
            count[:, None] * v
            - (count + shape)[:, None] * np.logaddexp(0, v)
            - log_beta[:, None]
            - params.s * np.log1p((width / lifetime)[:, None] * np.exp(v))
        )
        return np.asarray(np.minimum(length[:, 0] * (np.exp(log_density) @ WEIGHTS), 1.0))


def _gone(params: ParetoNbdParams, x: Array, t_x: Array, age: Array) -> Array:
    """Return ln(odds of having left) and four means over the time u of leaving, given left.

    Rows: log-odds, then the means of ln(alpha+u), ln(beta+u), 1/(alpha+u) and 1/(beta+u).
    """
    r, alpha, s, beta = params.r, params.alpha, params.s, params.beta
    is_alpha_small = alpha <= beta
    small, large = min(alpha, beta), max(alpha, beta)
    power = np.full(x.size, s + 1) if is_alpha_small else r + x
    small_last, large_last = small + t_x, large + t_x
    fall = r + x + s
    gap = (large - small) / large_last
    slope = FLATTENING * (fall - power * gap)
    length = np.log1p((age - t_x) / small_last)
    reach = length * special.exprel(-slope * length)

    q = reach[:, None] * GONE_NODES
    slope_q = slope[:, None] * q
    y = q * _log1p_ratio(slope_q)
    shrink = np.exp(-y)
    tilt = 1 - gap[:, None] * (1 - shrink)
    log_tilt = np.log(tilt)
    density = GONE_WEIGHTS * np.exp((slope - fall)[:, None] * y - power[:, None] * log_tilt)
    mass = density.sum(axis=1)
    # Silence of length 0 leaves no time to leave in: odds 0, and means that weigh nothing.
    with np.errstate(divide="ignore"):
        log_odds_gone = (
            np.log(s * mass * reach)
            + np.log(small_last)
            + (r + x) * (np.log1p((age - t_x) / (alpha + t_x)))
            + s * np.log1p((age - t_x) / (beta + t_x))
            - np.log(beta + t_x)
        )
    mean = density / mass[:, None]
    mean_log_small = np.log(small_last) + (mean * y).sum(axis=1)
    mean_log_large = np.log(large_last) + (mean * (y + log_tilt)).sum(axis=1)
    mean_over_small = (mean * shrink).sum(axis=1) / small_last
    mean_over_large = (mean * shrink / tilt).sum(axis=1) / large_last
    if is_alpha_small:
        means = [mean_log_small, mean_log_large, mean_over_small, mean_over_large]
    else:
        means = [mean_log_large, mean_log_small, mean_over_large, mean_over_small]
    return np.stack([log_odds_gone, *means])


def _log1p_ratio(value: Array) -> Array:
    """Return -ln(1 - v) / v, which is 1 at v = 0."""
    is_tiny = np.abs(value) < 1e-9
    safe = np.where(is_tiny, 1.0, value)
    return np.where(is_tiny, 1.0, -np.log1p(-np.where(is_tiny, 0.0, value)) / safe)


PARETO_NBD = ParetoNbd()
