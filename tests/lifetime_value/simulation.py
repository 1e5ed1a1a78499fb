"""Customers who behave exactly as a model says, from a seed: what a fit must find again."""

from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from customer_value.lifetime_value.arrays import Array
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.params import Params

# CDNOW's, in weeks: published for the first three, fitted for NBD.
TYPICAL = {
    "bg_nbd": (0.243, 4.414, 0.793, 2.426),
    "mbg_nbd": (0.525, 6.183, 0.891, 1.614),
    "pareto_nbd": (0.553, 10.578, 0.606, 11.669),
    "nbd": (0.385, 12.07),
}
LEAVING = ["bg_nbd", "mbg_nbd", "pareto_nbd"]


@dataclass(frozen=True)
class Simulated:
    """History up to each customer's age, and purchases in the horizon after it."""

    x: Array
    t_x: Array
    age: Array
    future: Array


def simulate(
    model: Model[Any], params: Params, ages: Array, *, horizon: float, seed: int
) -> Simulated:
    rng = np.random.default_rng(seed)
    size = ages.size
    r, alpha, *leaving = astuple(params)
    buying_rate = rng.gamma(r, 1 / alpha, size)
    leaves_at = np.full(size, np.inf)
    leaves_with = np.zeros(size)
    if model.name == "pareto_nbd":
        leaves_at = rng.exponential(1 / rng.gamma(leaving[0], 1 / leaving[1], size))
    elif leaving:
        leaves_with = rng.beta(*leaving, size)
    is_customer = np.ones(size, dtype=bool)
    if model.name == "mbg_nbd":
        is_customer = rng.random(size) >= leaves_with
    end = np.minimum(ages + horizon, leaves_at)

    x, t_x, future, now = (np.zeros(size) for _ in range(4))
    while is_customer.any():
        now = now + rng.exponential(size=size) / buying_rate
        is_customer &= now <= end
        is_past = is_customer & (now <= ages)
        x += is_past
        t_x = np.where(is_past, now, t_x)
        future += is_customer & ~is_past
        is_customer &= rng.random(size) >= leaves_with
    return Simulated(x, t_x, ages, future)
