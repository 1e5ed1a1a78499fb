"""The daily exchange rate: CNY per US dollar, every calendar day, weekends as on Friday."""

from datetime import date

import numpy as np

from demo.industrial.parameters import Parameters
from demo.industrial.periods import Ints, day_number

START_RATE, DAILY_CHANGE = 6.25, 0.0016
MILLIONTHS = 1_000_000


def draw_rates(parameters: Parameters) -> tuple[Ints, Ints]:
    """Return days and rates in millionths, from a year before the first day to the last day."""
    random = parameters.random("rates")
    first = day_number(date(parameters.first_day.year - 1, 1, 1))
    days = np.arange(first, parameters.last + 1)
    steps = DAILY_CHANGE * random.standard_normal(len(days))
    # Saturdays and Sundays have remainder 2 and 3: the bank sleeps.
    steps[np.isin(days % 7, (2, 3))] = 0.0
    pull = np.cumsum(steps)
    rates = START_RATE * np.exp(pull - np.linspace(0, pull[-1] * 0.6, len(days)))
    rates[np.isin(days % 7, (2,))] = np.nan
    rates[np.isin(days % 7, (3,))] = np.nan
    known = np.where(np.isnan(rates), 0, np.arange(len(days)))
    rates = rates[np.maximum.accumulate(known)]
    return days, np.round(np.nan_to_num(rates, nan=START_RATE) * MILLIONTHS).astype(np.int64)
