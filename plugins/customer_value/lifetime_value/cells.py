"""What a customer base tells a lifetime-value model: grouped sufficient statistics.

The models of Fader, Hardie and Lee need three numbers of a customer, x, t_x and T; customers with
the same three are one cell with a weight. All times are in one unit, the caller's choice (days,
weeks), and every parameter with a time in it comes back in that unit.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from customer_value.lifetime_value.arrays import (
    Array,
    aligned,
    column,
    counts,
    keyed,
    weights_for,
)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Customers with the same history, one row a history; four columns of one length.

    ``repeat_occasions`` is x, purchase occasions after the first. ``age_at_last_purchase`` is
    t_x, the last of them counted from the first purchase, and ``age`` is T, the time from the
    first purchase to the as-of date. ``customers_count`` is how many customers share the row.

    A one-time buyer (x = 0) has t_x = 0. The reverse is not asked for: where time is cut to whole
    weeks, a second occasion three days after the first has x = 1 and t_x = 0. Day counts, or days
    divided by 7, never meet this case.

    Raises ``ValueError`` when a column is not finite, x is no count, t_x lies after T, a one-time
    buyer has a later purchase, a weight is not positive, lengths differ or no row is given.
    """

    repeat_occasions: Array
    age_at_last_purchase: Array
    age: Array
    customers_count: Array

    def __post_init__(self) -> None:
        checked = history(self.repeat_occasions, self.age_at_last_purchase, self.age)
        if checked[0].size == 0:
            raise ValueError("Cells need at least one customer; was the as-of date too early?")
        weights = weights_for("customers_count", self.customers_count, checked[0].size).copy()
        for name, array in zip(self.__slots__, (*checked, weights), strict=True):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def grouped(
        cls, repeat_occasions: ArrayLike, age_at_last_purchase: ArrayLike, age: ArrayLike
    ) -> Self:
        """Return the cells of individual customers, in ascending order of x, t_x and T.

        >>> Cells.grouped([0, 2, 0], [0, 5, 0], [9, 9, 9]).customers_count.tolist()
        [2.0, 1.0]
        """
        keys, rows_of = keyed(*history(repeat_occasions, age_at_last_purchase, age))
        cells, customers_count = np.unique(keys, return_counts=True)
        x, last, ages = rows_of(cells)
        return cls(x, last, ages, customers_count.astype(np.float64))


def history(
    repeat_occasions: ArrayLike, age_at_last_purchase: ArrayLike, age: ArrayLike
) -> tuple[Array, Array, Array]:
    """Return x, t_x and T as checked columns of one length; see ``Cells`` for the rules."""
    x, last, ages = aligned(
        repeat_occasions=counts("repeat_occasions", repeat_occasions),
        age_at_last_purchase=column("age_at_last_purchase", age_at_last_purchase, least=0.0),
        age=column("age", age, least=0.0),
    )
    if (last > ages).any():
        row = int(np.argmax(last > ages))
        raise ValueError(
            f"age_at_last_purchase exceeds age at row {row} ({last[row]:g} > {ages[row]:g}); "
            "count both from the first purchase."
        )
    if ((x == 0) & (last > 0)).any():
        row = int(np.argmax((x == 0) & (last > 0)))
        raise ValueError(
            f"a one-time buyer has a later purchase at row {row} (age_at_last_purchase "
            f"{last[row]:g}); the first occasion is at 0 and is not counted."
        )
    return x, last, ages


def occasions_and_age(repeat_occasions: ArrayLike, age: ArrayLike) -> tuple[Array, Array]:
    """Return x and T as checked columns of one length, where t_x plays no part."""
    x, ages = aligned(
        repeat_occasions=counts("repeat_occasions", repeat_occasions),
        age=column("age", age, least=0.0),
    )
    return x, ages
