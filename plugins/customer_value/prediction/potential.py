"""Purchase potential: what could a customer spend, going by comparable ones?

Regression on what customers had done by an earlier day of what they spent from then on. Comparable
are customers with the same features; the potential is what nine in ten of them stay within, so that
one in ten shows that it can be done. Boosted trees for the mean and for two quantiles; the
quantiles are shifted by how far they were off for customers that the trees never saw (split
conformal: Romano, Patterson and Candes 2019, "Conformalized Quantile Regression", one side each).
Figures of quality come from a third group of customers.
"""

import datetime as dt
import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from customer_value import durable
from customer_value.failpoints import failpoint
from customer_value.lifetime_value import backtest as measures
from customer_value.prediction.backtest import LEAST_CUSTOMERS, MOST_CUSTOMERS
from customer_value.prediction.challengers import features
from customer_value.prediction.history import (
    HOLDOUT_DAYS,
    SEED,
    Array,
    Histories,
    first_day,
    read_customers,
    read_histories,
)
from customer_value.prediction.trees import Trees

YEAR_DAYS = 365
# One in ten comparable customers spends more than the potential, one in ten less than the low end.
OUTSIDE = 0.1
# Of the customers of the earlier day: who teaches, who shifts the quantiles, who tests.
PARTS = (0.6, 0.2, 0.2)


@dataclass(frozen=True, slots=True)
class Tested:
    """How one method did on customers that neither taught nor shifted it.

    ``interval_coverage`` and ``potential_coverage`` are the shares of them inside the interval and
    at most at the potential; None for methods without.
    """

    method: str
    customers_count: int
    actual_total: float
    predicted_total: float
    mean_absolute_error: float
    root_mean_squared_error: float
    concordance: float
    top_tenth_gain: float
    interval_coverage: float | None = None
    potential_coverage: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Potential:
    """A unit's regression, and what it says of each customer tonight.

    Without a regression ``reason`` says what is missing, and there is nothing else.
    """

    cut_off: dt.date | None
    horizon_days: int | None
    reason: str
    tests: tuple[Tested, ...] = ()
    customers: pa.Table | None = None


def horizon_for(history_days: int) -> int | None:
    """Return how many days may be predicted: as many must lie before the earlier day.

    >>> [horizon_for(days) for days in (181, 182, 400, 729, 730)]
    [None, 91, 182, 364, 365]
    """
    if history_days >= 2 * YEAR_DAYS:
        return YEAR_DAYS
    quarters = history_days // (2 * HOLDOUT_DAYS)
    return quarters * HOLDOUT_DAYS or None


@dataclass(frozen=True, slots=True)
class Regression:
    """Three taught models: low end, mean and potential; and how far the ends are shifted."""

    low: Trees
    mean: Trees
    high: Trees
    lower_by: float = 0.0
    raise_by: float = 0.0

    def predict(self, histories: Histories) -> tuple[Array, Array, Array]:
        """Return low end, mean and potential of every customer, in this order, 0 or more."""
        columns = _columns(histories)
        mean = np.maximum(self.mean.predict(columns), 0.0)
        low = np.maximum(self.low.predict(columns) - self.lower_by, 0.0)
        high = self.high.predict(columns) + self.raise_by
        return np.minimum(low, mean), mean, np.maximum(high, mean)


@dataclass(frozen=True, slots=True)
class Taught:
    """A regression, by how many customers it was taught, and how it did on others."""

    regression: Regression
    teachers_count: int
    tests: tuple[Tested, ...]


def fit_potential(
    connection: duckdb.DuckDBPyConnection, unit: str, fitted_on: dt.date, day: dt.date, kept: Path
) -> Potential:
    """Return the regression on all that happened before ``fitted_on``, and its word on ``day``.

    What was taught is written to ``kept`` and read from there the next night: one file for what
    the unit's customers had done by ``fitted_on`` and for this code, as for a fit.
    """
    first = first_day(connection, unit)
    days = (fitted_on - first).days if first else 0
    horizon = horizon_for(days)
    if horizon is None:
        return Potential(None, None, f"{days} days of history, {2 * HOLDOUT_DAYS} needed")
    cut_off = fitted_on - dt.timedelta(days=horizon)
    ids, tonight = read_customers(connection, unit, day, horizon)
    if not kept.exists():
        # Who came since must not change who teaches.
        customers_count = int((tonight.age > (day - fitted_on).days).sum())
        share = min(1.0, MOST_CUSTOMERS / max(1, customers_count))
        known = read_histories(connection, unit, cut_off, horizon, share=share)
        if known.customers_count < LEAST_CUSTOMERS:
            return Potential(
                None,
                None,
                f"{known.customers_count} customers by {cut_off}, {LEAST_CUSTOMERS} needed",
            )
        _write(kept, _taught(known))
        failpoint("fit.artefact_written")
    taught = _read(kept)
    low, expected, high = taught.regression.predict(tonight)
    customers = pa.table(
        {
            "business_unit": pa.array([unit] * ids.size),
            "customer_id": pa.array(ids),
            "last_value": pa.array(tonight.last_horizon_value),
            "low": pa.array(low),
            "expected": pa.array(expected),
            "potential": pa.array(high),
        }
    )
    tested = taught.tests[0].customers_count
    reason = f"taught by {taught.teachers_count} customers, tested on {tested}"
    return Potential(cut_off, horizon, reason, taught.tests, customers)


def _write(path: Path, taught: Taught) -> None:
    regression = taught.regression
    content = {
        "low": regression.low.numbers(),
        "mean": regression.mean.numbers(),
        "high": regression.high.numbers(),
        "lower_by": regression.lower_by,
        "raise_by": regression.raise_by,
        "teachers_count": taught.teachers_count,
        "tests": [asdict(test) for test in taught.tests],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write_json(path, content)


def _read(path: Path) -> Taught:
    content = durable.read_json(path)
    trees = {name: Trees.read(content[name]) for name in ("low", "mean", "high")}
    regression = Regression(**trees, lower_by=content["lower_by"], raise_by=content["raise_by"])
    tests = tuple(Tested(**test) for test in content["tests"])
    return Taught(regression, content["teachers_count"], tests)


def _taught(known: Histories) -> Taught:
    teaching, shifting, testing = _parts(known)
    regression = _shifted(_regression(teaching), shifting)
    return Taught(regression, teaching.customers_count, _tests(regression, teaching, testing))


def _parts(histories: Histories) -> tuple[Histories, Histories, Histories]:
    """Return who teaches, who shifts and who tests: by a seeded shuffle of the customers."""
    order = np.random.default_rng(SEED).permutation(histories.customers_count)
    ends = np.cumsum(np.array(PARTS) * order.size).astype(int)[:-1]
    teaching, shifting, testing = (histories.of(np.sort(part)) for part in np.split(order, ends))
    return teaching, shifting, testing


def _regression(histories: Histories) -> Regression:
    from sklearn.ensemble import HistGradientBoostingRegressor  # a second of import
    from threadpoolctl import threadpool_limits

    def taught(**loss: Any) -> Trees:
        model = HistGradientBoostingRegressor(
            max_iter=100,
            learning_rate=0.05,
            min_samples_leaf=20,
            early_stopping=False,
            random_state=SEED,
            **loss,
        )
        return Trees.of(model.fit(_columns(histories), histories.later_value))

    with threadpool_limits(1):  # see gradient_boosting
        return Regression(
            taught(loss="quantile", quantile=OUTSIDE),
            taught(),
            taught(loss="quantile", quantile=1 - OUTSIDE),
        )


def _shifted(regression: Regression, histories: Histories) -> Regression:
    low, _, high = regression.predict(histories)
    return replace(
        regression,
        lower_by=conformal_shift(low - histories.later_value),
        raise_by=conformal_shift(histories.later_value - high),
    )


def conformal_shift(excess: Array) -> float:
    """Return by how much an end must move so that a new customer is outside once in ten.

    ``excess`` is how far each customer was beyond the end: the k-th smallest of n, k being
    ceil((n + 1) * 0.9), holds nine in ten whatever the distribution.

    >>> conformal_shift(np.arange(-4.0, 15.0))  # 19 customers: the 18th smallest
    13.0
    """
    place = math.ceil((excess.size + 1) * (1 - OUTSIDE))
    return float(np.sort(excess)[min(place, excess.size) - 1])


def _tests(regression: Regression, teaching: Histories, testing: Histories) -> tuple[Tested, ...]:
    low, expected, high = regression.predict(testing)
    actual = testing.later_value
    return (
        _tested(
            "gradient_boosting",
            actual,
            expected,
            interval_coverage=measures.interval_coverage(actual, low, high),
            potential_coverage=float((actual <= high).mean()),
        ),
        _tested("same_again", actual, testing.last_horizon_value),
        _tested("naive_mean", actual, np.full(actual.size, teaching.later_value.mean())),
    )


def _tested(method: str, actual: Array, predicted: Array, **coverage: float) -> Tested:
    errors = measures.errors(actual, predicted)
    return Tested(
        method,
        int(actual.size),
        float(actual.sum()),
        float(predicted.sum()),
        errors.mean_absolute_error,
        errors.root_mean_squared_error,
        errors.concordance,
        float(measures.gain_table(actual, predicted).gain[0]),
        **coverage,
    )


def _columns(histories: Histories) -> Array:
    return np.column_stack([features(histories), histories.last_horizon_value])
