"""Did the models that were in force on past days foretell the quarters after them?

Each past cut-off is lived through again: models are fitted, compared and chosen by what had
happened before it, as the night of that day does, and the chosen one's total is held against what
came. That tests the choice and the band too, which no scoreboard can whose choice is made from its
own rows.
Everything is read from a published version; nothing is written.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb

from customer_value.errors import BacktestError
from customer_value.prediction.artefact import Artefact
from customer_value.prediction.backtest import LARGEST_BIAS, cut_offs, value_per_occasion
from customer_value.prediction.fit import fit_unit
from customer_value.prediction.history import HOLDOUT_DAYS, first_day, read_histories
from customer_value.prediction.score import model_of

# As int_customers__known_activity, out of what readers see.
PUBLISHED = "published_activity"
ACTIVITY = f"""
create or replace temp table {PUBLISHED} as
select
    customer_id,
    business_unit,
    activity_date,
    max(occasions) as purchase_occasions_count,
    sum(net_revenue) as net_revenue
from (
    select customer_id, business_unit, order_date as activity_date, 1 as occasions,
        sales_revenue as net_revenue
    from marts.fct_orders
    union all
    select customer_id, business_unit, refund_date, 0, -refund
    from marts.fct_refunds
)
where customer_id not in (select customer_id from marts.dim_customers where is_unknown)
group by all
"""


@dataclass(frozen=True, slots=True)
class Review:
    """What a unit's model of ``cut_off`` said of the quarter from then on, and what came.

    Money is in the reporting currency. ``low`` and ``high`` are the band of actual / predicted that
    its own past quarters gave; with too few of them, the bias that a model may have and still be
    chosen. Without a model the numbers are None and ``reason`` says what was missing.
    """

    unit: str
    cut_off: dt.date
    model: str | None
    reason: str
    customers_count: int
    predicted_total: float | None = None
    actual_total: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return actual over predicted; None without a prediction above 0."""
        if not self.predicted_total or self.actual_total is None:
            return None
        return self.actual_total / self.predicted_total

    @property
    def is_within(self) -> bool:
        """Return whether what came was in the band; True where nothing was predicted."""
        if self.ratio is None or self.low is None or self.high is None:
            return True
        return self.low <= self.ratio <= self.high

    def as_record(self) -> dict[str, Any]:
        """Return the review as the run ledger stores it."""
        return {
            "unit": self.unit,
            "cut_off": self.cut_off.isoformat(),
            "model": self.model,
            "reason": self.reason,
            "customers": self.customers_count,
            "predicted": _rounded(self.predicted_total, 2),
            "actual": _rounded(self.actual_total, 2),
            "ratio": _rounded(self.ratio, 4),
            "band": [_rounded(self.low, 4), _rounded(self.high, 4)],
            "is_within": self.is_within,
        }


def review(connection: duckdb.DuckDBPyConnection, as_of_date: dt.date) -> list[Review]:
    """Return each unit's reviews of up to four quarters before ``as_of_date``, latest first."""
    connection.execute(ACTIVITY)
    units = connection.execute(
        f"select distinct business_unit from {PUBLISHED} order by 1"
    ).fetchall()
    return [
        review_cut_off(connection, unit, day, PUBLISHED)
        for (unit,) in units
        for day in cut_offs(first_day(connection, unit, PUBLISHED) or as_of_date, as_of_date)
    ]


def review_cut_off(
    connection: duckdb.DuckDBPyConnection, unit: str, cut_off: dt.date, activity: str
) -> Review:
    """Return what a unit's model of ``cut_off`` said of the quarter after it."""
    fitted = fit_unit(connection, unit, cut_off, "", activity)
    if fitted.chosen is None:
        return Review(unit, cut_off, None, fitted.reason, fitted.customers_count)
    histories = read_histories(connection, unit, cut_off, HOLDOUT_DAYS, activity=activity)
    model, params = model_of(fitted)
    occasions = model.expected_purchases(
        params,
        histories.repeat_occasions,
        histories.age_at_last_purchase,
        histories.age,
        HOLDOUT_DAYS,
    )
    predicted = occasions * value_per_occasion(histories).expected(histories)
    low, high = _band(fitted)
    return Review(
        unit,
        cut_off,
        fitted.chosen,
        fitted.reason,
        histories.customers_count,
        float(predicted.sum()),
        float(histories.later_value.sum()),
        low,
        high,
    )


def _band(fitted: Artefact) -> tuple[float, float]:
    if fitted.band is None:
        return 1 - LARGEST_BIAS, 1 + LARGEST_BIAS
    low, _, high = fitted.band
    return low, high


def refuse_left_bands(reviews: list[Review], *, where: str) -> None:
    """Raise ``BacktestError`` when the latest review of a unit is outside its band.

    Earlier quarters were the latest in their time: they are shown and refuse nothing.
    """
    latest = {one.unit: one for one in sorted(reviews, key=lambda one: one.cut_off)}
    left = [one for one in latest.values() if not one.is_within]
    if left:
        said = "; ".join(
            f"{one.model} of {one.cut_off} foretold {one.predicted_total:,.2f}, "
            f"{one.actual_total:,.2f} came: {one.ratio:.3f} of it, {one.low:.3f} to {one.high:.3f} "
            f"was to be expected"
            for one in left
        )
        raise BacktestError(
            f"The model of {', '.join(one.unit for one in left)} left its band: {said}.",
            where=where,
            fix="Look for what changed in that quarter (fct_customer_value_bridge, "
            "fct_cohort_months, fct_lifetime_value_scoreboard); widen no band.",
        )


def _rounded(number: float | None, places: int) -> float | None:
    return None if number is None else round(number, places)
