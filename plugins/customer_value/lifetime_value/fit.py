"""Fit a model of the family to a customer base.

Time is measured in mean ages of the base while fitting, so that days and weeks start, are
penalised and end alike; parameters come back in the unit of the cells.
"""

from dataclasses import fields, replace

import numpy as np

from customer_value.lifetime_value.arrays import Array, weighted_sum
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.optimum import RIDGE, Fit, maximise
from customer_value.lifetime_value.params import P

# Beyond twice as many cells a first climb over every k-th of them finds the place to start from.
ENOUGH_TO_START = 2_000

# A column of so many rows is reused memory; a longer one is asked of the system each time.
FIT_BLOCK_ROWS = 8192

STARTS = (0.3, 1.0, 3.0)


def fit(model: Model[P], cells: Cells, *, penalty: float = RIDGE) -> Fit[P]:
    """Return the penalised maximum-likelihood fit of ``model`` to ``cells``.

    The ridge acts on logarithms of the parameters around 1, times around the mean age of the base:
    ``RIDGE`` by default, 0 for plain maximum likelihood as published figures are.

    Raises ``ValueError`` when nobody's age is above 0 or the penalty is negative. A base without
    repeat purchases is fitted and called degenerate.
    """
    mean_age = float(np.average(cells.age, weights=cells.customers_count))
    if mean_age == 0:
        raise ValueError("every age is 0: no time has passed to fit on; move the as-of date on.")
    names = tuple(field.name for field in fields(model.params_type))
    units = np.array([mean_age if name in model.time_parameters else 1.0 for name in names])
    repeats = float(weighted_sum(cells.customers_count, cells.repeat_occasions))

    def read(position: Array) -> P:
        return model.params_type(*(np.exp(position) * units).tolist())

    def climb(step: int, near: tuple[Array, Array] | None = None) -> Fit[P]:
        x, t_x, age, weight = (
            column[::step]
            for column in (
                cells.repeat_occasions,
                cells.age_at_last_purchase,
                cells.age,
                cells.customers_count,
            )
        )

        def objective(position: Array) -> tuple[float, Array]:
            params = read(position)
            value, slope = 0.0, np.zeros(len(names))
            for start in range(0, age.size, FIT_BLOCK_ROWS):
                rows = slice(start, start + FIT_BLOCK_ROWS)
                likelihood, gradient = model.log_likelihood_and_gradient(
                    params, x[rows], t_x[rows], age[rows]
                )
                value += float(weighted_sum(weight[rows], likelihood))
                slope += weighted_sum(weight[rows], gradient)
            return value, slope

        return maximise(
            model.name,
            objective,
            read,
            names=names,
            starts=[np.full(len(names), np.log(value)) for value in STARTS],
            size=float(weight.sum()),
            penalty=penalty,
            near=near,
        )

    step = cells.age.size // ENOUGH_TO_START
    sketch = climb(step) if step > 1 else None
    if sketch is None or sketch.is_degenerate:
        found = climb(1)
    else:
        values = np.array([getattr(sketch.params, name) for name in names])
        share = cells.customers_count[::step].sum() / cells.customers_count.sum()
        found = climb(1, near=(np.log(values / units), sketch.covariance * share))
    if repeats > 0:
        return found
    return replace(found, is_degenerate=True, reason="nobody bought twice: no buying rate to see.")
