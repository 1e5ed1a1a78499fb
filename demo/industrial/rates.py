"""The daily exchange rate: CNY per US dollar, every calendar day, weekends as on Friday."""

from datetime import date

import numpy as np

from demo.industrial.parameters import Parameters
from demo.industrial.periods import Ints, day_number

START_RATE, DAILY_CHANGE, PULL = 6.25, 0.0016, 0.6
MILLIONTHS = 1_000_000


def draw_rates(parameters: Parameters) -> tuple[Ints, Ints]:
    """Return days and rates in millionths, from a year before the first day to the last day."""
    random = parameters.random("rates")
    first = day_number(date(parameters.first_day.year - 1, 1, 1))
    days = np.arange(first, parameters.last + 1)
    # Saturdays and Sundays have remainder 2 and 3: the bank sleeps.
    works = ~np.isin(days % 7, (2, 3))
    steps = np.where(works, DAILY_CHANGE * random.standard_normal(len(days)), 0.0)
    # Most of the drift is taken out: the rate stays where people remember it.
    steps = steps - np.where(works, PULL * steps.sum() / works.sum(), 0.0)
    rates = START_RATE * np.exp(np.cumsum(steps))
    return days, np.round(rates * MILLIONTHS).astype(np.int64)
