"""Parameters: positive numbers with names, refused at once when they cannot be."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np


@dataclass(frozen=True, slots=True)
class Params:
    """Positive numbers that describe a whole customer base; each model names its own.

    Raises ``ValueError`` for a parameter that is not positive and finite.
    """

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (value > 0 and np.isfinite(value)):
                raise ValueError(
                    f"{type(self).__name__} {field.name} must be positive and finite, "
                    f"got {value!r}."
                )


P = TypeVar("P", bound=Params)
