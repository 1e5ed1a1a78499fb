"""NBD: nobody ever leaves. The model to fall back to when the data show no leaving.

Ehrenberg (1959). Purchases are Poisson with a rate that varies over customers as Gamma(r, alpha).
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from customer_value.lifetime_value.arrays import Array, by_count
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.params import Params


@dataclass(frozen=True, slots=True)
class NbdParams(Params):
    """``r`` and ``alpha`` (a time): how often customers buy."""

    r: float
    alpha: float


class Nbd(Model[NbdParams]):
    """Everybody stays; given x and T the purchase rate is Gamma(r + x, alpha + T)."""

    name = "nbd"
    params_type = NbdParams
    time_parameters = frozenset({"alpha"})

    def log_likelihood_and_gradient(
        self,
        params: NbdParams,
        repeat_occasions: Array,
        age_at_last_purchase: Array,  # noqa: ARG002 - part of the family's interface
        age: Array,
    ) -> tuple[Array, Array]:
        r, alpha = params.r, params.alpha
        x = repeat_occasions
        until_now = np.log(alpha + age)

        def gamma_terms(x: Array) -> Array:
            return np.stack(
                [
                    special.gammaln(r + x) - special.gammaln(r),
                    special.digamma(r + x) - special.digamma(r),
                ]
            )

        level, by_r = by_count(gamma_terms, x)
        likelihood = level + r * np.log(alpha) - (r + x) * until_now
        gradient = np.stack(
            [r * (by_r + np.log(alpha) - until_now), r - (r + x) * alpha / (alpha + age)]
        )
        return likelihood, gradient

    def _probability_alive(
        self,
        params: NbdParams,  # noqa: ARG002 - part of the family's interface
        x: Array,
        t_x: Array,  # noqa: ARG002
        age: Array,  # noqa: ARG002
    ) -> Array:
        return np.ones(x.size)

    def _rate_if_alive(self, params: NbdParams, x: Array, age: Array, elapsed: Array) -> Array:
        return np.broadcast_to((params.r + x) / (params.alpha + age), elapsed.shape)

    def _time_scale(self, params: NbdParams, x: Array, age: Array) -> Array:  # noqa: ARG002
        return np.asarray(params.alpha + age)

    def _probability_of_at_least(
        self, params: NbdParams, count: Array, x: Array, age: Array, horizon: float
    ) -> Array:
        """A negative binomial's tail as an incomplete beta integral."""
        chance = horizon / (params.alpha + age + horizon)
        return np.asarray(special.betainc(count, params.r + x, chance))


NBD = Nbd()
