"""Weighted ranks and correlation, with ties treated the same in whatever order they come."""

import numpy as np
from numpy.typing import NDArray

from customer_value.lifetime_value.arrays import Array


def sums(places: NDArray[np.intp], amounts: Array) -> Array:
    """Return the total of ``amounts`` at each place, places counted from 0."""
    return np.bincount(places, weights=amounts).astype(np.float64)


def midranks(values: Array, weights: Array) -> Array:
    """Return each value's rank, the middle one among equals; a row of weight w counts w times."""
    _, places = np.unique(values, return_inverse=True)
    sizes = sums(places, weights)
    return (np.cumsum(sizes) - sizes / 2)[places]


def correlation(first: Array, second: Array, weights: Array) -> float:
    """Return Pearson's correlation, -1 to 1; 0 when either side does not vary."""
    if first.size == 0:
        return 0.0
    first = first - np.average(first, weights=weights)
    second = second - np.average(second, weights=weights)
    scale = np.sqrt(float(weights @ first**2) * float(weights @ second**2))
    if scale == 0:
        return 0.0
    return float(np.clip(weights @ (first * second) / scale, -1, 1))
