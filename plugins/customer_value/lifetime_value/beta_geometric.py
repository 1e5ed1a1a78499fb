"""What BG/NBD and MBG/NBD share: customers leave with a fixed probability at certain purchases.

While a customer, purchases are Poisson with a rate that varies over customers as Gamma(r, alpha);
at each chance to leave a customer leaves with a probability that varies as Beta(a, b). The two
models differ only in the chances: after each repeat purchase, or also after the first one.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from customer_value.lifetime_value.arrays import Array, by_count, in_blocks, softplus_and_expit
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.params import Params

NUDGE = 1e-7


@dataclass(frozen=True, slots=True)
class BetaGeometricParams(Params):
    """``r``, ``alpha`` (a time): how often customers buy; ``a``, ``b``: how likely they leave."""

    r: float
    alpha: float
    a: float
    b: float


class BetaGeometric(Model[BetaGeometricParams]):
    """Model of Fader, Hardie and Lee (2005a) with ``first_chances`` to leave before any repeat.

    With n = x + first_chances, the leaving probability of one still a customer is Beta(a, b + n)
    and the purchase rate Gamma(r + x, alpha + T), independent of each other; all else follows.
    """

    params_type = BetaGeometricParams
    time_parameters = frozenset({"alpha"})

    def __init__(self, name: str, first_chances: int) -> None:
        self.name = name
        self.first_chances = first_chances

    def log_likelihood_and_gradient(
        self,
        params: BetaGeometricParams,
        repeat_occasions: Array,
        age_at_last_purchase: Array,
        age: Array,
    ) -> tuple[Array, Array]:
        r, alpha, a, b = params.r, params.alpha, params.a, params.b

        def gamma_terms(x: Array) -> Array:
            n = x + self.first_chances
            last_chance = b + np.maximum(n, 1) - 1
            log_odds_at_chance = np.where(n > 0, np.log(a) - np.log(last_chance), -np.inf)
            leave = special.digamma(a + b) - special.digamma(a + b + n)
            return np.stack(
                [
                    special.gammaln(r + x)
                    - special.gammaln(r)
                    + special.gammaln(a + b)
                    - special.gammaln(a + b + n)
                    + special.gammaln(b + n)
                    - special.gammaln(b)
                    + r * np.log(alpha),
                    r * (special.digamma(r + x) - special.digamma(r) + np.log(alpha)),
                    a * leave,
                    b * (leave + special.digamma(b + n) - special.digamma(b)),
                    log_odds_at_chance,
                    b / last_chance,
                ]
            )

        level, by_r, by_a, by_b, log_odds_at_chance, by_chance = by_count(
            gamma_terms, repeat_occasions
        )
        buys = r + repeat_occasions
        width, width_at_last = alpha + age, alpha + age_at_last_purchase
        until_now = np.log(width)
        silence = until_now - np.log(width_at_last)
        either, gone = softplus_and_expit(log_odds_at_chance + buys * silence)
        likelihood = level - buys * until_now + either
        gradient = np.stack(
            [
                by_r - r * (until_now - gone * silence),
                r - alpha * buys * ((1 - gone) / width + gone / width_at_last),
                by_a + gone,
                by_b - gone * by_chance,
            ]
        )
        return likelihood, gradient

    def _probability_alive(
        self, params: BetaGeometricParams, x: Array, t_x: Array, age: Array
    ) -> Array:
        """Odds of having left at the last chance, Fader, Hardie and Lee (2008), in logarithms."""
        n = x + self.first_chances
        log_odds_gone = (
            np.log(params.a)
            - np.log(params.b + np.maximum(n, 1) - 1)
            + (params.r + x) * np.log1p((age - t_x) / (params.alpha + t_x))
        )
        return np.where(n > 0, special.expit(-log_odds_gone), 1.0)

    def _rate_if_alive(
        self, params: BetaGeometricParams, x: Array, age: Array, elapsed: Array
    ) -> Array:
        """E[rate * exp(-rate * leaving probability * elapsed)] in closed form.

        Of the two equal forms (Euler's transformation) the one whose factors stay in range: the
        first holds x in one parameter only, the second is for customers who leave at once. Where
        hyp2f1 overflows all the same (a or b in the hundreds), quadrature takes over.
        """
        shape = params.r + x
        width = params.alpha + age
        stay = params.b + x + self.first_chances
        a = shape + 1 - _off_whole_numbers(shape + 1 - params.a)
        z = elapsed / (width + elapsed)
        is_leaving_fast = a > shape + 1
        first = np.where(is_leaving_fast, stay, a)
        second = np.where(is_leaving_fast, shape + 1, a + stay - shape - 1)
        power = np.where(is_leaving_fast, shape + 1, a)
        with np.errstate(all="ignore"):
            part = np.exp(-power * np.log1p(elapsed / width)) * special.hyp2f1(
                first, second, a + stay, z
            )
        is_lost = ~np.isfinite(part) | (part < 0)
        if is_lost.any():
            rows = [np.broadcast_to(each, part.shape)[is_lost] for each in (a, stay, shape)]
            part[is_lost] = in_blocks(_mean_of_power, *rows, (elapsed / width)[is_lost])
        return np.asarray(shape / width * part)

    def _time_scale(self, params: BetaGeometricParams, x: Array, age: Array) -> Array:
        stay = params.b + x + self.first_chances
        leaving = (params.r + x + 1) * params.a / (params.a + stay)
        return np.asarray((params.alpha + age) / np.maximum(1.0, leaving))

    def _probability_of_at_least(
        self, params: BetaGeometricParams, count: Array, x: Array, age: Array, horizon: float
    ) -> Array:
        """P(rate brings ``count`` purchases) times E[(1 - leaving probability)^(count - 1)].

        Exact, since the purchase rate and the leaving probability are independent.
        """
        a, stay = params.a, params.b + x + self.first_chances
        log_stayed = (
            special.gammaln(stay + count - 1)
            - special.gammaln(stay)
            + special.gammaln(a + stay)
            - special.gammaln(a + stay + count - 1)
        )
        bought = special.betainc(count, params.r + x, horizon / (params.alpha + age + horizon))
        return np.asarray(np.exp(log_stayed) * bought)


def _off_whole_numbers(excess: Array) -> Array:
    """Return ``excess``, moved to ``NUDGE`` below a whole number where it lay closer to one.

    There hyp2f1 near z = 1 takes a formula that overflows (scipy 1.17: NaN from 98 up) or cancels;
    what it stands for is smooth, and moves by about as little as ``excess`` does.
    """
    whole = np.round(excess)
    return np.where(np.abs(excess - whole) < NUDGE, whole - NUDGE, excess)


def _mean_of_power(a: Array, stay: Array, shape: Array, growth: Array) -> Array:
    """Return E[(1 + p * growth)^-(shape + 1)] for p ~ Beta(a, stay), one entry a row.

    In v = logit(p) the integrand has one peak, a core that may be narrow and exponential tails
    that may be long: v = peak + width * sinh(t) suits both, with the trapezoidal rule in t.
    """
    low, high = np.full(a.size, -100.0), np.full(a.size, 100.0)
    for _ in range(45):
        peak = (low + high) / 2
        p = special.expit(peak)
        rises = a * (1 - p) - stay * p > (shape + 1) * growth * p * (1 - p) / (1 + growth * p)
        low, high = np.where(rises, peak, low), np.where(rises, high, peak)
    bend = growth * ((1 - 2 * p) * (1 + growth * p) - growth * p * (1 - p)) / (1 + growth * p) ** 2
    curvature = p * (1 - p) * (a + stay + (shape + 1) * bend)
    width = 1 / np.sqrt(np.maximum(curvature, 1e-4))
    reach = np.arcsinh((40 / np.minimum(a, stay) + np.log1p(growth)) / width)[:, None]
    t = reach * np.linspace(-1, 1, 129)
    v = peak[:, None] + width[:, None] * np.sinh(t)
    log_density = (
        -a[:, None] * np.logaddexp(0, -v)
        - stay[:, None] * np.logaddexp(0, v)
        - (shape + 1)[:, None] * np.log1p(growth[:, None] * special.expit(v))
        - special.betaln(a, stay)[:, None]
    )
    return np.asarray((np.exp(log_density) * np.cosh(t)).sum(axis=1) * width * reach[:, 0] / 64)
