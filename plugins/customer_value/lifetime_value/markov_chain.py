"""Markov chain: customers move between states period by period; what is each state worth?

Pfeifer and Carraway (2000), "Modeling Customer Relationships as Markov Chains", Journal of
Interactive Marketing 14:2. Rows of a transition matrix are where customers were, columns where
they went; counts are customers. Intervals and tests are those of Wilson (1927) and of Anderson
and Goodman (1957).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from customer_value.lifetime_value.arrays import Array, column, number, share


@dataclass(frozen=True, slots=True)
class Stationarity:
    """Whether two periods may share one transition matrix: a likelihood-ratio test.

    ``p_value`` is the chance of a difference at least this large from equal matrices.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float


def transition_probabilities(counts: ArrayLike, *, pseudo_count: float | None = None) -> Array:
    """Return the matrix of transition probabilities, rows adding to 1, smoothed.

    ``pseudo_count`` is added to every cell before dividing; by default one customer is spread
    over each row (Perks' prior, 1 / states), so that no move is impossible and 100 customers
    outweigh it 100 to 1. A row nobody was in becomes uniform. Pass 0 for plain shares; a row
    without customers is then refused.
    """
    observed = _counts(counts)
    states = observed.shape[0]
    added = 1 / states if pseudo_count is None else number("pseudo_count", pseudo_count, least=0.0)
    smoothed = observed + added
    totals = smoothed.sum(axis=1, keepdims=True)
    if (totals == 0).any():
        raise ValueError(
            f"nobody was in state {int(np.argmax(totals == 0))}; smooth, or leave the state out."
        )
    return np.asarray(smoothed / totals)


def transition_intervals(counts: ArrayLike, *, level: float = 0.95) -> tuple[Array, Array]:
    """Return Wilson's lower and upper limits of every transition probability, without smoothing.

    Each cell is one share of its row's customers. A row nobody was in gets 0 to 1.
    """
    observed = _counts(counts)
    z = float(special.ndtri((1 + share("level", level)) / 2))
    size = observed.sum(axis=1, keepdims=True)
    known = np.maximum(size, 1)
    part = observed / known
    centre = (part + z**2 / (2 * known)) / (1 + z**2 / known)
    reach = z / (1 + z**2 / known) * np.sqrt(part * (1 - part) / known + z**2 / (4 * known**2))
    low = np.where((size == 0) | (observed == 0), 0.0, centre - reach)
    high = np.where((size == 0) | (observed == size), 1.0, centre + reach)
    return low, high


def predict(transitions: ArrayLike, customers: ArrayLike, steps: int) -> Array:
    """Return how many customers are expected in each state after ``steps`` periods."""
    matrix = _transitions(transitions)
    now = _per_state("customers", customers, matrix)
    number("steps", steps, least=0.0)
    return np.asarray(now @ np.linalg.matrix_power(matrix, steps))


def value(
    transitions: ArrayLike, rewards: ArrayLike, rate: float, periods: int | None = None
) -> Array:
    """Return what a customer in each state is worth now, V.

    ``rewards`` are received at the start of each period by state, the present one included, and
    discounted by 1 + ``rate`` a period. Without ``periods`` the horizon is endless,
    V = (I - P/(1+d))^-1 R, and the rate must be above 0; with it, the present and that many
    further periods count, V = sum of (P/(1+d))^t R. Pfeifer and Carraway (2000).
    """
    matrix = _transitions(transitions)
    reward = _per_state("rewards", rewards, matrix)
    if periods is None:
        discounted = matrix / (1 + number("rate", rate, least=0.0, is_open=True))
        return np.asarray(np.linalg.solve(np.eye(reward.size) - discounted, reward))
    number("periods", periods, least=0.0)
    discounted = matrix / (1 + number("rate", rate, least=0.0))
    worth = reward
    for _ in range(periods):
        worth = reward + discounted @ worth
    return worth


def stationarity(earlier: ArrayLike, later: ArrayLike) -> Stationarity:
    """Return the test that two periods' transition counts come from one matrix.

    Twice the log-likelihood ratio, Anderson and Goodman (1957). A row counts when both periods
    have customers in it, a column of it when either has; each such row gives its columns less 1
    degrees of freedom. Without any, nothing speaks against: p is 1. Chi-square holds for expected
    counts of about 5 or more; pool rare states first.
    """
    first, second = _counts(earlier), _counts(later)
    if first.shape != second.shape:
        raise ValueError(f"the periods differ in states: {first.shape} and {second.shape}.")
    is_known = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    first, second = first[is_known], second[is_known]
    pooled = first + second
    both = _log_likelihood(first) + _log_likelihood(second)
    statistic = max(0.0, 2 * (both - _log_likelihood(pooled)))
    freedom = int(((pooled > 0).sum(axis=1) - 1).sum())
    p_value = float(special.chdtrc(freedom, statistic)) if freedom else 1.0
    return Stationarity(statistic, freedom, p_value)


def _log_likelihood(counts: Array) -> float:
    totals = counts.sum(axis=1, keepdims=True)
    return float(special.xlogy(counts, counts / totals).sum())


def _counts(values: ArrayLike) -> Array:
    matrix = _square("counts", values)
    if (matrix < 0).any():
        row, place = np.argwhere(matrix < 0)[0].tolist()
        raise ValueError(
            f"counts must be at least 0; row {row}, column {place} is {matrix[row, place]:g}."
        )
    return matrix


def _transitions(values: ArrayLike) -> Array:
    matrix = _square("transitions", values)
    totals = matrix.sum(axis=1)
    wrong = (np.abs(totals - 1) > 1e-9) | (matrix < 0).any(axis=1)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"transitions row {row} is no set of probabilities (sum {totals[row]:g}); use "
            "transition_probabilities on counts."
        )
    return matrix


def _square(name: str, values: ArrayLike) -> Array:
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ValueError(f"{name} must be a square table of states, got shape {matrix.shape}.")
    if not np.isfinite(matrix).all():
        row, place = np.argwhere(~np.isfinite(matrix))[0].tolist()
        raise ValueError(f"{name} must be finite; row {row}, column {place} is not.")
    return matrix


def _per_state(name: str, values: ArrayLike, matrix: Array) -> Array:
    array = column(name, values)
    if array.size != matrix.shape[0]:
        raise ValueError(f"{name} has {array.size} entries for {matrix.shape[0]} states.")
    return array
