"""Which method would have predicted best: every one, fitted on past days, against what came then.

A holdout is one quarter of 91 days. Cut-offs lie whole holdouts apart, so that the ratios of
actual to predicted totals are of separate days, and each has a quarter of history before it, on
which the methods that learn from outcomes are taught.
"""

import datetime as dt
import itertools
from dataclasses import dataclass

import duckdb
import numpy as np

from customer_value.lifetime_value import backtest, gamma_gamma
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.family import FAMILY
from customer_value.lifetime_value.fit import fit
from customer_value.prediction.challengers import CHALLENGERS
from customer_value.prediction.history import HOLDOUT_DAYS, KNOWN, Array, Histories, read_histories

MOST_CUT_OFFS = 4
# Below these a fit says more about chance than about customers: the weakest published data sets
# have several hundred buyers, and a share of 100 is known to ten points at best.
LEAST_CUSTOMERS = 200
LEAST_REPEAT_BUYERS = 100
# More customers than these move no error by a tenth of a percent: backtests look at a sample.
MOST_CUSTOMERS = 200_000
# A model whose total was off by more than a quarter is not scored with, however well it ranks.
LARGEST_BIAS = 0.25
LEVEL = 0.9
# Chance alone is too narrow where customers' habits change: the first of these nominal levels that
# held LEVEL of the holdouts is the one that intervals are made with.
NOMINAL_LEVELS = (0.9, 0.95, 0.98, 0.99, 0.998)
# Own means are believed from this many occasions on where Gamma-Gamma may not be used.
OWN_MEAN_OCCASIONS = 3


@dataclass(frozen=True, slots=True)
class CohortScore:
    """How one method did on the customers whose first occasion lies in one quarter.

    Money is in the reporting currency. ``top_tenth_gain`` is None where they spent nothing,
    ``occasions_coverage`` (by intervals of ``LEVEL``) for methods without occasions.
    """

    quarter: dt.date
    customers_count: int
    actual_total: float
    predicted_total: float
    mean_absolute_error: float
    top_tenth_gain: float | None
    occasions_coverage: float | None


@dataclass(frozen=True, slots=True)
class DecileScore:
    """What a tenth of the customers spent and was predicted to, on average; 1 is predicted best."""

    decile: int
    mean_predicted: float
    mean_actual: float
    lift: float
    gain: float


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did on one holdout; money in the reporting currency.

    ``log_likelihood`` to ``occasions_coverage`` (one share for each of ``NOMINAL_LEVELS``) are None
    for methods without occasions. ``deciles`` is empty where nothing was spent.
    """

    cut_off: dt.date
    method: str
    customers_count: int
    actual_total: float
    predicted_total: float
    mean_absolute_error: float
    root_mean_squared_error: float
    concordance: float
    cohorts: tuple[CohortScore, ...]
    deciles: tuple[DecileScore, ...]
    log_likelihood: float | None = None
    actual_occasions: float | None = None
    predicted_occasions: float | None = None
    occasions_mean_absolute_error: float | None = None
    occasions_coverage: tuple[float, ...] | None = None
    is_degenerate: bool = False
    reason: str = ""

    @property
    def top_tenth_gain(self) -> float | None:
        """Return the share of the actual total that the tenth predicted best brought."""
        return self.deciles[0].gain if self.deciles else None

    @property
    def total_ratio(self) -> float:
        """Return actual over predicted."""
        return self.actual_total / self.predicted_total if self.predicted_total else float("inf")


@dataclass(frozen=True, slots=True)
class ValuePerOccasion:
    """What the next occasions of a customer are worth: own mean and base mean, weighed."""

    basis: str
    prior_mean: float
    params: gamma_gamma.GammaGammaParams | None
    assumptions: gamma_gamma.Assumptions

    def own_weight(self, occasions: Array) -> Array:
        """Return the weight, 0 to 1, of the mean of so many own occasions."""
        if self.params is not None:
            return gamma_gamma.shrinkage(self.params, occasions)[0]
        return np.where(occasions >= OWN_MEAN_OCCASIONS, 1.0, 0.0)

    def expected(self, histories: Histories) -> Array:
        """Return the value expected of each customer's next occasions."""
        own = self.own_weight(histories.occasions)
        return np.asarray(own * histories.mean_value + (1 - own) * self.prior_mean)


def cut_offs(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the days to test on, the latest first: each with a quarter before and after it."""
    quarter = dt.timedelta(days=HOLDOUT_DAYS)
    days = [last - quarter * n for n in range(1, MOST_CUT_OFFS + 1)]
    return [day for day in days if day - quarter >= first]


def value_per_occasion(histories: Histories) -> ValuePerOccasion:
    """Return Gamma-Gamma where its assumptions hold, else means: own ones from three occasions."""
    assumptions = gamma_gamma.check_assumptions(histories.occasions, histories.mean_value)
    positive = histories.mean_value > 0
    base = float(np.average(histories.mean_value, weights=histories.occasions))
    if assumptions.is_uncorrelated and positive.sum() >= LEAST_CUSTOMERS:
        fitted = gamma_gamma.fit(histories.occasions[positive], histories.mean_value[positive])
        if not fitted.is_degenerate:
            prior = gamma_gamma.shrinkage(fitted.params, [1.0])[1]
            return ValuePerOccasion("gamma_gamma", prior, fitted.params, assumptions)
    return ValuePerOccasion("own_mean", base, None, assumptions)


def scores_at(
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    days: list[dt.date],
    customers_count: int,
    activity: str = KNOWN,
) -> list[Score]:
    """Return how every method would have predicted the quarter after each of ``days``.

    ``days`` are as ``cut_offs`` gives them, so that what one is predicted from is what methods that
    learn from outcomes are taught by for the day before. Of more than ``MOST_CUSTOMERS`` customers
    a sample is looked at.
    """
    share = min(1.0, MOST_CUSTOMERS / max(1, customers_count))
    quarter = dt.timedelta(days=HOLDOUT_DAYS)
    histories = [
        read_histories(connection, unit, day, HOLDOUT_DAYS, share=share, activity=activity)
        for day in (*days, *(day - quarter for day in days[-1:]))
    ]
    return [
        score for now, before in itertools.pairwise(histories) for score in scores_of(now, before)
    ]


def scores_of(histories: Histories, training: Histories) -> list[Score]:
    """Return how every method would have predicted the quarter after one day.

    Nothing for fewer than ``LEAST_CUSTOMERS`` customers; methods that learn from the quarter before
    need as many then.
    """
    if histories.customers_count < LEAST_CUSTOMERS:
        return []
    value = value_per_occasion(histories).expected(histories)
    cells = Cells.grouped(histories.repeat_occasions, histories.age_at_last_purchase, histories.age)
    scores = []
    for name, model in FAMILY.items():
        fitted = fit(model, cells)
        columns = histories.repeat_occasions, histories.age_at_last_purchase, histories.age
        occasions = model.expected_purchases(fitted.params, *columns, HOLDOUT_DAYS)
        if not (occasions * value).sum() > 0:
            continue
        intervals = [
            model.purchase_interval(fitted.params, *columns, HOLDOUT_DAYS, level)
            for level in NOMINAL_LEVELS
        ]
        errors = backtest.errors(histories.later_occasions, occasions)
        scores.append(
            _score(
                name,
                histories,
                occasions * value,
                intervals[0],
                log_likelihood=fitted.log_likelihood,
                actual_occasions=float(histories.later_occasions.sum()),
                predicted_occasions=float(occasions.sum()),
                occasions_mean_absolute_error=errors.mean_absolute_error,
                occasions_coverage=tuple(
                    backtest.interval_coverage(histories.later_occasions, low, high)
                    for low, high in intervals
                ),
                is_degenerate=fitted.is_degenerate,
                reason=fitted.reason,
            )
        )
    challengers = CHALLENGERS if training.customers_count >= LEAST_CUSTOMERS else {}
    for name, challenge in challengers.items():
        predicted = challenge(histories, training)
        # Who predicts nothing, as the mean of nothing does, cannot be compared.
        if predicted.sum() > 0:
            scores.append(_score(name, histories, predicted))
    return scores


def choose(scores: list[Score]) -> tuple[str | None, str]:
    """Return the model of the family to score with, and why; None if none may be used.

    Among those that are sound and whose totals over all holdouts are within a quarter of what
    happened, the one with the smallest mean absolute error.
    """
    by_name = {name: [s for s in scores if s.method == name] for name in FAMILY}
    by_name = {name: own for name, own in by_name.items() if own}
    errors: dict[str, float] = {}
    refused = []
    for name, own in by_name.items():
        ratio = sum(s.actual_total for s in own) / sum(s.predicted_total for s in own)
        if any(s.is_degenerate for s in own):
            refused.append(f"{name} is degenerate ({next(s.reason for s in own if s.reason)})")
        elif abs(ratio - 1) > LARGEST_BIAS:
            refused.append(f"{name} was off in total: actual / predicted {ratio:.2f}")
        else:
            people = sum(s.customers_count for s in own)
            errors[name] = sum(s.mean_absolute_error * s.customers_count for s in own) / people
    without = f"; refused: {', '.join(refused)}" if refused else ""
    if not errors:
        return None, f"no model may be used{without}"
    ranked = sorted(errors, key=lambda name: (errors[name], name))
    table = ", ".join(f"{name} {errors[name]:.2f}" for name in ranked)
    holdouts = len(by_name[ranked[0]])
    return ranked[0], f"smallest mean absolute error over {holdouts} holdouts ({table}){without}"


def nominal_level(scores: list[Score]) -> float:
    """Return the nominal level whose intervals held ``LEVEL`` of one model's holdouts."""
    people = sum(s.customers_count for s in scores)
    for place, level in enumerate(NOMINAL_LEVELS):
        held = sum(
            s.occasions_coverage[place] * s.customers_count for s in scores if s.occasions_coverage
        )
        if held >= LEVEL * people:
            return level
    return NOMINAL_LEVELS[-1]


def _score(
    method: str,
    histories: Histories,
    predicted: Array,
    interval: tuple[Array, Array] | None = None,
    **more: object,
) -> Score:
    errors = backtest.errors(histories.later_value, predicted)
    return Score(
        cut_off=histories.day,
        method=method,
        customers_count=histories.customers_count,
        actual_total=float(histories.later_value.sum()),
        predicted_total=float(predicted.sum()),
        mean_absolute_error=errors.mean_absolute_error,
        root_mean_squared_error=errors.root_mean_squared_error,
        concordance=errors.concordance,
        cohorts=cohorts(histories, predicted, interval),
        deciles=_deciles(histories.later_value, predicted),
        **more,  # type: ignore[arg-type]  # the columns of methods with occasions
    )


def cohorts(
    histories: Histories, predicted: Array, interval: tuple[Array, Array] | None
) -> tuple[CohortScore, ...]:
    """Return the scores of the cohorts, the oldest first.

    ``interval`` holds the ends of each customer's interval of occasions, for methods with one.
    """
    first_days = np.datetime64(histories.day, "D") - histories.age.astype("timedelta64[D]")
    months = first_days.astype("datetime64[M]")
    starts = months - months.astype(np.int64) % 3
    scores = []
    for quarter in np.unique(starts):
        own = starts == quarter
        actual, foreseen = histories.later_value[own], predicted[own]
        deciles = _deciles(actual, foreseen)
        inside = interval and backtest.interval_coverage(
            histories.later_occasions[own], *(end[own] for end in interval)
        )
        scores.append(
            CohortScore(
                quarter=quarter.astype("datetime64[D]").item(),
                customers_count=int(own.sum()),
                actual_total=float(actual.sum()),
                predicted_total=float(foreseen.sum()),
                mean_absolute_error=float(np.abs(actual - foreseen).mean()),
                top_tenth_gain=deciles[0].gain if deciles else None,
                occasions_coverage=inside,
            )
        )
    return tuple(scores)


def _deciles(actual: Array, predicted: Array) -> tuple[DecileScore, ...]:
    """Return the tenths of the customers, best predicted first; none where nothing was spent."""
    if not actual.sum() > 0:
        return ()
    table = backtest.gain_table(actual, predicted)
    columns = (table.mean_predicted, table.mean_actual, table.lift, table.gain)
    return tuple(
        DecileScore(decile, *numbers)
        for decile, numbers in enumerate(
            zip(*(column.tolist() for column in columns), strict=True), start=1
        )
    )
