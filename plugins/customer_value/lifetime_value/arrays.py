"""The arrays every module of this room takes: checked once, at the door, and named when wrong."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Keys = NDArray[np.int64]

# Quadrature makes 32 columns of a block; 2,048 rows of it stay in a processor's cache.
BLOCK_ROWS = 2048


def column(name: str, values: ArrayLike, *, least: float = -np.inf) -> Array:
    """Return ``values`` as one column of floats; a single number becomes a column of one.

    Raises ``ValueError`` naming the first row that is not finite or lies under ``least``.
    """
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}; pass one column, one entry a customer.")
    refuse_rows(~np.isfinite(array), array, f"{name} must be finite: drop or repair the row")
    refuse_rows(array < least, array, f"{name} must be at least {least:g}")
    return array


def counts(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as a column of whole numbers from 0 up, still floats.

    Raises ``ValueError`` naming the first row that is no count.
    """
    array = column(name, values, least=0.0)
    refuse_rows(array != np.floor(array), array, f"{name} must be a whole number")
    return array


def weights_for(name: str, values: ArrayLike | None, length: int) -> Array:
    """Return positive weights, one a row; ``None`` means 1 for every row.

    Raises ``ValueError`` for a weight of 0 or less and for another length.
    """
    if values is None:
        return np.ones(length)
    array = column(name, values)
    refuse_rows(array <= 0, array, f"{name} must be positive: leave rows without customers out")
    if array.size != length:
        raise ValueError(f"{name} has {array.size} rows, its data {length}; pass one each.")
    return array


def aligned(**columns: Array) -> list[Array]:
    """Return columns of one length; a column of one entry counts for every row.

    Raises ``ValueError`` listing the lengths when they differ.
    """
    try:
        return [np.array(each) for each in np.broadcast_arrays(*columns.values())]
    except ValueError as error:
        lengths = ", ".join(f"{name} {array.size}" for name, array in columns.items())
        raise ValueError(f"columns differ in length: {lengths}; pass one entry each.") from error


def refuse_rows(wrong: NDArray[np.bool_], values: Array, rule: str) -> None:
    """Raise ``ValueError`` with the rule, the first wrong row and its value, if there is one."""
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"{rule}; row {row} is {values[row]:g}.")


def number(name: str, value: float, *, least: float, is_open: bool = False) -> float:
    """Return a finite number of at least ``least`` (above it when ``is_open``), or raise."""
    if not np.isfinite(value) or value < least or (is_open and value == least):
        bound = "above" if is_open else "at least"
        raise ValueError(f"{name} must be a finite number {bound} {least:g}, got {value!r}.")
    return float(value)


def share(name: str, value: float) -> float:
    """Return a number strictly between 0 and 1, or raise ``ValueError``."""
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1, got {value!r}; 0.9 means 90 %.")
    return float(value)


def by_count(function: Callable[[Array], Array], occasions: Array) -> Array:
    """Return ``function(occasions)``, worked out once per count when counts repeat.

    Gamma functions cost more than anything else in a likelihood, and a customer base has far
    fewer different counts than rows.
    """
    largest = int(occasions.max(initial=0))
    if largest >= occasions.size:
        return function(occasions)
    table = function(np.arange(largest + 1, dtype=np.float64))
    return np.take(table, occasions.astype(np.intp), axis=-1)


def weighted_sum(weights: Array, values: Array) -> Array:
    """Return the sum over the last axis, the rows, of ``values`` times their weights.

    Not ``values @ weights``: BLAS shares long rows among threads that wait for each other, which
    on busy cores takes many times what the sum does, and the last digits depend on their number.
    """
    return np.asarray((weights * values).sum(axis=-1))


def softplus_and_expit(log_odds: Array) -> tuple[Array, Array]:
    """Return ln(1 + odds) and odds / (1 + odds), a share from 0 to 1; odds may be 0.

    As ``logaddexp`` and ``expit`` do, from one exponential that numpy takes of many at once.
    """
    smaller = np.exp(-np.abs(log_odds))
    share_of_larger = 1 / (1 + smaller)
    return (
        np.maximum(log_odds, 0) + np.log1p(smaller),
        np.where(log_odds > 0, share_of_larger, smaller * share_of_larger),
    )


def keyed(*columns: Array) -> tuple[Keys, Callable[[Keys], list[Array]]]:
    """Return a whole number for each row, in the order of the rows, and what reads rows from such.

    One number sorts many times faster than a row of three. Raises ``ValueError`` when columns have
    too many different values for one number to tell all their rows apart.

    >>> keys, rows_of = keyed(np.array([2.0, 1.0, 2.0]), np.array([7.5, 9.0, 7.5]))
    >>> [column.tolist() for column in rows_of(np.unique(keys))]
    [[1.0, 2.0], [9.0, 7.5]]
    """
    keys, kinds = np.zeros(columns[0].size, dtype=np.int64), []
    for each in columns:
        values, numbers = _numbered(each)
        keys = keys * values.size + numbers
        kinds.append(values)
    if math.prod(values.size for values in kinds) > np.iinfo(np.int64).max:
        sizes = ", ".join(str(values.size) for values in kinds)
        raise ValueError(f"columns of {sizes} different values are too many: round times to days.")

    def rows_of(keys: Keys) -> list[Array]:
        columns = []
        for values in reversed(kinds):
            keys, number = np.divmod(keys, values.size)
            columns.append(values[number])
        return columns[::-1]

    return keys, rows_of


def _numbered(column: Array) -> tuple[Array, Keys]:
    """Return values in ascending order, all of the column's among them, and each entry's place."""
    largest, places = int(column.max(initial=0)), column.astype(np.int64)
    if largest < column.size and (places >= 0).all() and (places == column).all():
        return np.arange(largest + 1, dtype=np.float64), places
    return np.unique(column, return_inverse=True)


def by_pair(function: Callable[[Array, Array], Array], first: Array, second: Array) -> Array:
    """Return ``function(first, second)``, worked out once per different pair, block by block."""
    keys, pairs_of = keyed(first, second)
    pairs, places = np.unique(keys, return_inverse=True)
    return in_blocks(function, *pairs_of(pairs))[places]


def by_run(function: Callable[..., Array], *columns: Array) -> Array:
    """Return ``function(*columns)``, worked out once for each run of equal rows, block by block.

    >>> by_run(lambda row: row + 1, np.array([4.0, 4.0, 7.0, 4.0])).tolist()
    [5.0, 5.0, 8.0, 5.0]
    """
    is_new = np.ones(columns[0].size, dtype=bool)
    is_new[1:] = np.any([np.diff(each) != 0 for each in columns], axis=0)
    found = in_blocks(function, *(each[is_new] for each in columns))
    return np.take(found, np.cumsum(is_new) - 1, axis=-1)


def in_blocks(function: Callable[..., Array], *columns: Array) -> Array:
    """Return ``function(*columns)`` row by row, a block at a time, so that memory stays small.

    The last axis of what ``function`` returns is the rows.
    """
    starts = range(0, max(columns[0].size, 1), BLOCK_ROWS)
    return np.concatenate(
        [function(*(each[start : start + BLOCK_ROWS] for each in columns)) for start in starts],
        axis=-1,
    )
