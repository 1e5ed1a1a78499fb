"""What every model of non-contractual buying can be asked, whatever it assumes about leaving.

x, t_x and T are those of ``Cells``: ``repeat_occasions``, ``age_at_last_purchase``, ``age``, in the
unit the parameters were fitted in; horizons are in the same unit, rates per that unit. Functions
take one column each (a single number counts for all rows) and return one column.

What a model predicts is always the product of two parts: the probability that a customer is still
one, and what one still a customer will do. Only the first depends on t_x.
"""

from abc import ABC, abstractmethod
from typing import Generic

import numpy as np
from numpy.typing import ArrayLike, NDArray

from customer_value.lifetime_value.arrays import (
    Array,
    by_pair,
    by_run,
    number,
    share,
    weighted_sum,
)
from customer_value.lifetime_value.cells import history, occasions_and_age
from customer_value.lifetime_value.params import P
from customer_value.lifetime_value.quadrature import unit_rule

NODES, WEIGHTS = unit_rule(32)

# How many nodes an integral over so many units of ln(time) needs for ten digits: rates are smooth
# there, with no singularity nearer than pi. Compared with 64 nodes over x to 10,000, T to 20 years
# and parameters over four orders of magnitude.
SHORT_RULES = ((1.0, unit_rule(8)), (2.0, unit_rule(12)), (3.0, unit_rule(16)))
LARGEST_SHORT_DISCOUNT = 1.0

# exp(-40) is below the last digit of anything summed before it.
NEGLIGIBLE_DISCOUNT = 40.0


class Model(ABC, Generic[P]):
    """One model of the family. It holds no state: parameters are passed to each question."""

    name: str
    params_type: type[P]
    time_parameters: frozenset[str]
    """Parameters measured in the time unit of the cells; the others have no unit."""

    @abstractmethod
    def log_likelihood_and_gradient(
        self, params: P, repeat_occasions: Array, age_at_last_purchase: Array, age: Array
    ) -> tuple[Array, Array]:
        """Return each row's log-likelihood, and its gradient by the logarithm of each parameter.

        Shapes (rows,) and (parameters, rows), parameters in their declared order. The columns
        must be those of ``Cells``: an optimiser calls this often, so nothing is checked again.
        All models measure the same event, x purchases at their times, so that values compare.
        """

    @abstractmethod
    def _probability_alive(self, params: P, x: Array, t_x: Array, age: Array) -> Array: ...

    @abstractmethod
    def _rate_if_alive(self, params: P, x: Array, age: Array, elapsed: Array) -> Array:
        """Return purchases per time unit, ``elapsed`` from now, of one who is a customer now."""

    @abstractmethod
    def _time_scale(self, params: P, x: Array, age: Array) -> Array:
        """Return the shortest time over which ``_rate_if_alive`` changes much."""

    @abstractmethod
    def _probability_of_at_least(
        self, params: P, count: Array, x: Array, age: Array, horizon: float
    ) -> Array:
        """Return P(``count`` purchases or more in the horizon) of one who is a customer now."""

    def probability_alive(
        self,
        params: P,
        repeat_occasions: ArrayLike,
        age_at_last_purchase: ArrayLike,
        age: ArrayLike,
    ) -> Array:
        """Return the probability, 0 to 1, that each customer is still one.

        Raises ``ValueError`` when a history is impossible, see ``Cells``.
        """
        return self._probability_alive(
            params, *history(repeat_occasions, age_at_last_purchase, age)
        )

    def expected_purchases_if_alive(
        self,
        params: P,
        repeat_occasions: ArrayLike,
        age: ArrayLike,
        horizon: float,
        rate: float = 0.0,
    ) -> Array:
        """Return purchases expected within ``horizon`` of those who are still customers.

        ``rate`` discounts each purchase by exp(-rate * time until it); 0 counts it whole. An
        endless horizon (``inf``) needs a positive rate, since purchases without end need not have
        a finite sum. The integral of the purchase rate by 32-point Gauss-Legendre in the
        logarithm of time; Fader, Hardie and Lee 2005b (DET), Fader and Hardie's notes on E[Y(t)].
        """
        x, ages = occasions_and_age(repeat_occasions, age)
        rate = number("rate", rate, least=0.0)
        if horizon == np.inf and rate == 0:
            raise ValueError("An endless horizon needs a rate above 0, or a finite horizon.")
        if rate > 0:
            horizon = min(horizon, NEGLIGIBLE_DISCOUNT / rate)
        horizon = number("horizon", horizon, least=0.0)

        def integral(x: Array, ages: Array, scale: Array, nodes: Array, weights: Array) -> Array:
            length = np.log1p(horizon / scale)[:, None]
            elapsed = scale[:, None] * np.expm1(length * nodes)
            purchases = self._rate_if_alive(params, x[:, None], ages[:, None], elapsed)
            discounted = purchases * np.exp(-rate * elapsed) * (scale[:, None] + elapsed)
            return length[:, 0] * weighted_sum(weights, discounted)

        def by_length(x: Array, ages: Array) -> Array:
            scale = self._time_scale(params, x, ages)
            found = np.empty(x.size)
            left = np.ones(x.size, dtype=bool)
            rules = SHORT_RULES if rate * horizon <= LARGEST_SHORT_DISCOUNT else ()
            for longest, (nodes, weights) in (*rules, (np.inf, (NODES, WEIGHTS))):
                rows = left & (np.log1p(horizon / scale) <= longest)
                found[rows] = integral(x[rows], ages[rows], scale[rows], nodes, weights)
                left &= ~rows
            return found

        return by_pair(by_length, x, ages)

    def expected_purchases(
        self,
        params: P,
        repeat_occasions: ArrayLike,
        age_at_last_purchase: ArrayLike,
        age: ArrayLike,
        horizon: float,
    ) -> Array:
        """Return purchases expected of each customer within ``horizon`` from now, E[Y(t)]."""
        return self.discounted_expected_purchases(
            params, repeat_occasions, age_at_last_purchase, age, 0.0, horizon
        )

    def discounted_expected_purchases(
        self,
        params: P,
        repeat_occasions: ArrayLike,
        age_at_last_purchase: ArrayLike,
        age: ArrayLike,
        rate: float,
        horizon: float = np.inf,
    ) -> Array:
        """Return purchases expected of each customer, discounted continuously to now.

        ``rate`` is per time unit: 15 % a year is ln(1.15)/365.25 a day. Without a horizon this is
        the discounted expected residual transactions, DERT, of Fader, Hardie and Lee (2005b).
        """
        x, t_x, ages = history(repeat_occasions, age_at_last_purchase, age)
        alive = self._probability_alive(params, x, t_x, ages)
        return alive * self.expected_purchases_if_alive(params, x, ages, horizon, rate)

    def expected_purchases_of_new_customer(self, params: P, horizon: float) -> float:
        """Return repeat purchases expected within ``horizon`` of a first purchase, E[X(t)].

        A new customer is one of age 0 with no repeat purchase, and is predicted as such.
        """
        return float(self.expected_purchases(params, 0.0, 0.0, 0.0, horizon)[0])

    def purchase_interval(
        self,
        params: P,
        repeat_occasions: ArrayLike,
        age_at_last_purchase: ArrayLike,
        age: ArrayLike,
        horizon: float,
        level: float = 0.9,
    ) -> tuple[Array, Array]:
        """Return the lowest and highest number of purchases to reckon with within ``horizon``.

        The quantiles (1-level)/2 and (1+level)/2 of each customer's own predictive distribution,
        leaving included. Counts are whole, so the interval holds the truth with probability
        ``level`` or more. It speaks of chance under the given parameters, not of their error nor
        of a wrong model: for totals use the band of ``backtest``.
        """
        x, t_x, ages = history(repeat_occasions, age_at_last_purchase, age)
        tail = (1 - share("level", level)) / 2
        horizon = number("horizon", horizon, least=0.0, is_open=True)
        alive = self._probability_alive(params, x, t_x, ages)
        # The more alive, the larger every count that is tried: in this order, those of the same
        # x and T that try the same one stand together.
        order = np.lexsort((alive, ages, x))
        x, ages, alive = x[order], ages[order], alive[order]

        def quantile(excess: float) -> Array:
            """Return the smallest k with P(more than k purchases) <= excess."""

            def is_under(k: Array, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
                def more_than(k: Array, x: Array, ages: Array) -> Array:
                    return self._probability_of_at_least(params, k + 1, x, ages, horizon)

                chance = alive[rows] * by_run(more_than, k, x[rows], ages[rows])
                return np.asarray(chance > excess)

            under = np.full(x.size, -1.0)
            enough = np.zeros(x.size)
            rows = np.arange(x.size)
            while (rows := rows[is_under(enough[rows], rows)]).size:
                under[rows] = enough[rows]
                enough[rows] = 2 * enough[rows] + 1
            while (rows := np.flatnonzero(enough - under > 1)).size:
                middle = np.floor((under[rows] + enough[rows]) / 2)
                is_low = is_under(middle, rows)
                under[rows[is_low]] = middle[is_low]
                enough[rows[~is_low]] = middle[~is_low]
            found = np.empty(x.size)
            found[order] = enough
            return found

        return quantile(1 - tail), quantile(tail)
