"""How well were customers predicted? Metrics of predictions against what then happened.

Columns hold one row a customer, or a group of like customers with its size in
``customers_count``. ``actual`` and ``predicted`` are in one unit, purchases or money. No result
depends on the order of rows: equal predictions are treated alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from customer_value.lifetime_value.arrays import Array, aligned, column, number, share, weights_for
from customer_value.lifetime_value.ranks import correlation, midranks, sums

# Two ratios give one degree of freedom and a t quantile of 6 to 64: no band anybody can use.
FEWEST_RATIOS = 3


@dataclass(frozen=True, slots=True)
class Errors:
    """How far predictions were off, per customer and in total.

    ``total_ratio`` is actual over predicted total, the form ``total_band`` takes: 1.1 means that
    a tenth more happened than was predicted. ``concordance`` is Spearman's correlation, 0 when
    either side does not vary.
    """

    customers_count: float
    mean_absolute_error: float
    root_mean_squared_error: float
    total_ratio: float
    concordance: float


@dataclass(frozen=True, slots=True, eq=False)
class GainTable:
    """Customers in equal groups from the best predicted down; one entry a group.

    ``lift`` is a group's mean actual over that of all; ``gain`` the share of the actual total
    in this group and those before it.
    """

    mean_predicted: Array
    mean_actual: Array
    lift: Array
    gain: Array


@dataclass(frozen=True, slots=True)
class Band:
    """Factors on a predicted total: the lowest, the middle and the highest to reckon with."""

    low: float
    middle: float
    high: float


def errors(
    actual: ArrayLike, predicted: ArrayLike, customers_count: ArrayLike | None = None
) -> Errors:
    """Return the errors of predictions. Raises ``ValueError`` when nothing at all was predicted."""
    happened, foreseen, weight = _columns(actual, predicted, customers_count)
    total = float(weight @ foreseen)
    if total == 0:
        raise ValueError(
            "the predicted total is 0, so there is no ratio to it; nothing was fitted."
        )
    miss = happened - foreseen
    return Errors(
        customers_count=float(weight.sum()),
        mean_absolute_error=float(np.average(np.abs(miss), weights=weight)),
        root_mean_squared_error=float(np.sqrt(np.average(miss**2, weights=weight))),
        total_ratio=float(weight @ happened) / total,
        concordance=correlation(midranks(happened, weight), midranks(foreseen, weight), weight),
    )


def gain_table(
    actual: ArrayLike,
    predicted: ArrayLike,
    customers_count: ArrayLike | None = None,
    *,
    groups: int = 10,
) -> GainTable:
    """Return lift and gain of customers in ``groups`` of equal size, best predicted first.

    Customers predicted alike are one block; a block across an edge gives each group its part of
    the block's mean. Raises ``ValueError`` unless the actual total is above 0.
    """
    happened, foreseen, weight = _columns(actual, predicted, customers_count)
    number("groups", groups, least=1)
    total = float(weight @ happened)
    if total <= 0:
        raise ValueError(f"the actual total is {total:g}: without any there is no share of it.")
    levels, places = np.unique(-foreseen, return_inverse=True)
    size = sums(places, weight)
    reached = np.append(0.0, np.cumsum(size))
    edges = reached[-1] * np.arange(groups + 1) / groups

    def per_group(amounts: Array) -> Array:
        return np.diff(np.interp(edges, reached, np.append(0.0, np.cumsum(amounts))))

    in_group = reached[-1] / groups
    actual_sums = per_group(sums(places, weight * happened))
    return GainTable(
        mean_predicted=per_group(-levels * size) / in_group,
        mean_actual=actual_sums / in_group,
        lift=actual_sums * groups / total,
        gain=np.cumsum(actual_sums) / total,
    )


def interval_coverage(
    actual: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    customers_count: ArrayLike | None = None,
) -> float:
    """Return the share of customers whose actual lies in their interval, ends included."""
    happened, lowest, highest = aligned(
        actual=column("actual", actual), low=column("low", low), high=column("high", high)
    )
    weight = weights_for("customers_count", customers_count, happened.size)
    is_inside = (lowest <= happened) & (happened <= highest)
    return float(np.average(is_inside, weights=weight))


def total_band(ratios: ArrayLike, *, level: float = 0.9) -> Band:
    """Return factors on the next predicted total, from past ratios of actual to predicted.

    Logarithms of the ratios are taken as independent and normal with unknown mean and variance;
    the band is the prediction interval of one more, mean +- t(n-1) * s * sqrt(1 + 1/n), exact for
    any n. It holds bias and a wrong model as far as the past showed them, and is wide when few
    backtests stand behind it. Overlapping holdouts are not independent: their band is too narrow.

    Raises ``ValueError`` under ``FEWEST_RATIOS`` ratios, and for a ratio not above 0.
    """
    past = column("ratios", ratios)
    level = share("level", level)
    if past.size < FEWEST_RATIOS:
        raise ValueError(
            f"a band needs at least {FEWEST_RATIOS} backtests, got {past.size}; run more, or "
            "publish the total without a band."
        )
    if (past <= 0).any():
        row = int(np.argmax(past <= 0))
        raise ValueError(f"ratios must be above 0; row {row} is {past[row]:g}.")
    logs = np.log(past)
    reach = (
        float(special.stdtrit(past.size - 1, (1 + level) / 2))
        * float(logs.std(ddof=1))
        * np.sqrt(1 + 1 / past.size)
    )
    middle = float(logs.mean())
    return Band(*np.exp([middle - reach, middle, middle + reach]).tolist())


def _columns(
    actual: ArrayLike, predicted: ArrayLike, customers_count: ArrayLike | None
) -> tuple[Array, Array, Array]:
    happened, foreseen = aligned(
        actual=column("actual", actual), predicted=column("predicted", predicted)
    )
    if happened.size == 0:
        raise ValueError("there is nobody to compare; was the holdout empty?")
    return happened, foreseen, weights_for("customers_count", customers_count, happened.size)
