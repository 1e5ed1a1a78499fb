"""Margin multiple: lifetime value of a customer base from its margin and retention alone.

Gupta and Lehmann (2003), "Customers as Assets", Journal of Interactive Marketing 17:1. Constant
margin and retention for ever: a yardstick beside the models, not a prediction of a customer.
"""

from numpy.typing import ArrayLike

from customer_value.lifetime_value.arrays import Array, aligned, column, refuse_rows


def value(margin: ArrayLike, retention: ArrayLike, rate: ArrayLike) -> Array:
    """Return ``m r / (1 + i - r)``, in the money of ``margin``.

    ``margin`` is earned each period while a customer, first at the end of the coming one;
    ``retention`` r and the discount ``rate`` i are per period. Raises ``ValueError`` naming the
    first row where r is under 0 or reaches 1 + i, since the sum then has no end.

    >>> value(100.0, 0.8, 0.12).round(2).tolist()
    [250.0]
    """
    m, r, i = aligned(
        margin=column("margin", margin),
        retention=column("retention", retention, least=0.0),
        rate=column("rate", rate),
    )
    refuse_rows(r >= 1 + i, r, "retention must stay under 1 + rate, or the value is endless")
    return m * r / (1 + i - r)
