"""Fit one business unit: backtest every method, choose, refit the family on all history."""

import datetime as dt
from dataclasses import replace

import duckdb
import numpy as np

from customer_value.lifetime_value import backtest as measures
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.family import FAMILY
from customer_value.lifetime_value.fit import fit
from customer_value.prediction import backtest
from customer_value.prediction.artefact import Artefact, FittedModel
from customer_value.prediction.history import (
    HOLDOUT_DAYS,
    KNOWN,
    Histories,
    first_day,
    read_histories,
)

# The deviation of a logarithm that the data say nothing of.
UNKNOWN = 1e6


def fit_unit(
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    fitted_on: dt.date,
    digest: str,
    activity: str = KNOWN,
) -> Artefact:
    """Return the fit of a unit to all of ``activity`` before ``fitted_on``."""
    first = first_day(connection, unit, activity)
    histories = read_histories(connection, unit, fitted_on, activity=activity)
    days = max(0, (fitted_on - first).days) if first else 0
    unfitted = Artefact(
        unit=unit,
        fitted_on=fitted_on,
        digest=digest,
        chosen=None,
        reason=_too_thin(histories, days),
        customers_count=histories.customers_count,
        repeat_buyers_count=histories.repeat_buyers_count,
        history_days=days,
        level=backtest.LEVEL,
        models=[],
        value_basis=None,
        value_prior_mean=None,
        value_parameters={},
        value_correlation=None,
        band=None,
        scores=[],
    )
    if unfitted.reason:
        return unfitted
    cut_offs = backtest.cut_offs(first or fitted_on, fitted_on)
    scores = backtest.scores_at(connection, unit, cut_offs, histories.customers_count, activity)
    if not scores:
        least = backtest.LEAST_CUSTOMERS
        return replace(unfitted, reason=f"no past quarter began with {least} customers to test on")
    chosen, reason = backtest.choose(scores)
    cells = Cells.grouped(histories.repeat_occasions, histories.age_at_last_purchase, histories.age)
    models = [_fitted(name, cells) for name in FAMILY]
    if chosen and next(m for m in models if m.name == chosen).is_degenerate:
        sound = [m.name for m in models if not m.is_degenerate]
        reason = f"{chosen} became degenerate on all history; {reason}"
        chosen = "nbd" if "nbd" in sound else None
    own = [score for score in scores if score.method == chosen]
    value = backtest.value_per_occasion(histories)
    return replace(
        unfitted,
        chosen=chosen,
        reason=reason,
        level=backtest.nominal_level(own),
        models=models,
        value_basis=value.basis,
        value_prior_mean=value.prior_mean,
        value_parameters=_numbers(value.params) if value.params else {},
        value_correlation=value.assumptions.correlation,
        band=_band(own),
        scores=scores,
    )


def _too_thin(histories: Histories, days: int) -> str:
    """Return why these histories are too thin to predict from; empty if they are not."""
    least_days = 2 * HOLDOUT_DAYS
    if days < least_days:
        return f"{days} days of history, {least_days} needed for a backtest"
    if histories.customers_count < backtest.LEAST_CUSTOMERS:
        return f"{histories.customers_count} customers, {backtest.LEAST_CUSTOMERS} needed"
    if histories.repeat_buyers_count < backtest.LEAST_REPEAT_BUYERS:
        return (
            f"{histories.repeat_buyers_count} repeat buyers, {backtest.LEAST_REPEAT_BUYERS} needed"
        )
    return ""


def _fitted(name: str, cells: Cells) -> FittedModel:
    found = fit(FAMILY[name], cells)
    parameters = _numbers(found.params)
    variances = np.nan_to_num(np.diag(found.covariance), nan=np.inf).clip(0, UNKNOWN**2)
    deviations = np.sqrt(variances).tolist()
    return FittedModel(
        name=name,
        parameters=parameters,
        deviations=dict(zip(parameters, deviations, strict=True)),
        covariance=found.covariance.tolist(),
        log_likelihood=found.log_likelihood,
        is_degenerate=found.is_degenerate,
        reason=found.reason,
    )


def _numbers(params: object) -> dict[str, float]:
    return {name: float(getattr(params, name)) for name in params.__slots__}  # type: ignore[attr-defined]


def _band(scores: list[backtest.Score]) -> tuple[float, float, float] | None:
    ratios = [score.total_ratio for score in scores]
    if len(ratios) < measures.FEWEST_RATIOS or min(ratios) <= 0:
        return None
    found = measures.total_band(ratios, level=backtest.LEVEL)
    return found.low, found.middle, found.high
