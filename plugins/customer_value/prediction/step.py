"""Between the two dbt steps: fit what is due, and write what the marts score with.

Models are fitted to what had happened before the month began, so that a month has one model and a
night costs a scoring; tonight's histories are scored by it. The bridge of customer value begins at
an earlier first of a month, with that day's model: the one fitted then, or the same fitted again
from what was known then. All are functions of the landed rows, the as-of date and the code.
"""

import datetime as dt
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import yaml

from customer_value.failpoints import failpoint
from customer_value.prediction.artefact import (
    Artefact,
    key_of,
    path_of,
    potential_path_of,
    read_artefact,
    write_artefact,
)
from customer_value.prediction.backtest import OWN_MEAN_OCCASIONS
from customer_value.prediction.fit import fit_unit
from customer_value.prediction.history import (
    HOLDOUT_DAYS,
    KNOWN,
    KNOWN_AT_OPENING,
    digest_of,
)
from customer_value.prediction.potential import Potential, Tested, fit_potential
from customer_value.prediction.score import (
    RESIDUAL_DAYS,
    predict_bridged_cells,
    predict_cells,
)
from customer_value.sql import connect_scratch
from customer_value.warehouse.candidate import Candidate

SCHEMA = """
create schema if not exists lifetime_value;
create or replace table lifetime_value.models (
    business_unit varchar, model_role varchar, fitted_on date, chosen_model varchar,
    reason varchar, digest varchar,
    customers_count bigint, repeat_buyers_count bigint, history_days bigint,
    interval_level double, residual_days integer, value_basis varchar, value_prior_mean double,
    value_p double, value_q double, value_correlation double, own_mean_occasions integer,
    band_low double, band_middle double, band_high double,
    potential_cut_off date, potential_horizon_days integer, potential_reason varchar
);
create or replace table lifetime_value.parameters (
    business_unit varchar, model varchar, parameter varchar, value double, log_deviation double,
    log_likelihood double, is_degenerate boolean, reason varchar
);
create or replace table lifetime_value.scores (
    business_unit varchar, cut_off_date date, horizon_days integer, method varchar,
    customers_count bigint, actual_total double, predicted_total double,
    mean_absolute_error double, root_mean_squared_error double, concordance double,
    top_tenth_gain double, log_likelihood double, actual_occasions double,
    predicted_occasions double, occasions_mean_absolute_error double, occasions_coverage double,
    is_degenerate boolean, reason varchar
);
create or replace table lifetime_value.score_cohorts (
    business_unit varchar, cut_off_date date, method varchar, quarter date,
    customers_count bigint, actual_total double, predicted_total double,
    mean_absolute_error double, top_tenth_gain double, occasions_coverage double
);
create or replace table lifetime_value.score_deciles (
    business_unit varchar, cut_off_date date, method varchar, decile integer,
    customers_count double, mean_predicted double, mean_actual double, lift double, gain double
);
create or replace table lifetime_value.cells (
    business_unit varchar, model_role varchar, repeat_occasions bigint,
    age_at_last_purchase bigint, age bigint, customers_count bigint,
    probability_alive double,
    occasions_if_alive_90 double, occasions_low_90 double, occasions_high_90 double,
    occasions_if_alive_365 double, occasions_low_365 double, occasions_high_365 double,
    occasions_if_alive_1095 double, occasions_low_1095 double, occasions_high_1095 double,
    discounted_occasions_if_alive double
);
create or replace table lifetime_value.potentials (
    business_unit varchar, customer_id varchar, last_value double, low double, expected double,
    potential double
);
create or replace table lifetime_value.potential_tests (
    business_unit varchar, method varchar, customers_count bigint, actual_total double,
    predicted_total double, mean_absolute_error double, root_mean_squared_error double,
    concordance double, top_tenth_gain double, interval_coverage double,
    potential_coverage double
);
"""


def fit_lifetime_value(candidate: Candidate) -> dict[str, Any]:
    """Write the schema ``lifetime_value`` into the candidate; return what was chosen by unit."""
    settings = candidate.run.settings
    day = candidate.run.as_of_date
    chosen: dict[str, Any] = {}
    connection = connect_scratch(
        settings, candidate.database, scratch=candidate.run.build_directory / "spill"
    )
    try:
        create_tables(connection)
        for unit in _units(connection):
            artefact, is_new = _artefact(candidate, connection, unit, day.replace(day=1))
            opening, _ = _artefact(candidate, connection, unit, opening_date(day), KNOWN_AT_OPENING)
            cells = 0
            if artefact.chosen is not None:
                predictions = predict_cells(
                    connection, artefact, day, _annual_discount_rate(settings.project)
                )
                _insert(connection, "cells", predictions)
                cells = predictions.num_rows
            if opening.chosen is not None:
                _insert(connection, "cells", predict_bridged_cells(connection, opening))
            kept = potential_path_of(settings.fits, artefact)
            potential = fit_potential(connection, unit, artefact.fitted_on, day, kept)
            if potential.customers is not None:
                _insert(connection, "potentials", potential.customers)
            _write_tests(connection, unit, potential.tests)
            _write_model(connection, artefact, "closing", potential)
            _write_model(connection, opening, "opening")
            _write_details(connection, artefact)
            chosen[unit] = {
                "model": artefact.chosen or "none",
                "reason": artefact.reason,
                "fitted_on": artefact.fitted_on.isoformat(),
                "is_new": is_new,
                "cells": cells,
            }
        connection.execute("checkpoint")
    finally:
        connection.close()
    failpoint("fit.tables_written")
    return {"units": chosen}


def opening_date(as_of_date: dt.date) -> dt.date:
    """Return the day that the bridge begins at, as the macro of that name does.

    >>> opening_date(dt.date(2017, 3, 16)), opening_date(dt.date(2017, 3, 1))
    (datetime.date(2017, 3, 1), datetime.date(2017, 2, 1))
    """
    return (as_of_date - dt.timedelta(days=1)).replace(day=1)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema ``lifetime_value`` with empty tables."""
    connection.execute(SCHEMA)


def _units(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select distinct business_unit from intermediate.int_customers__known_activity order by 1"
    ).fetchall()
    return [unit for (unit,) in rows]


def _artefact(
    candidate: Candidate,
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    fitted_on: dt.date,
    activity: str = KNOWN,
) -> tuple[Artefact, bool]:
    digest = key_of(unit, fitted_on, digest_of(connection, unit, fitted_on, activity))
    path = path_of(candidate.run.settings.fits, unit, fitted_on, digest)
    if path.exists():
        return read_artefact(path), False
    artefact = fit_unit(connection, unit, fitted_on, digest, activity)
    write_artefact(path, artefact)
    failpoint("fit.artefact_written")
    return artefact, True


def _annual_discount_rate(project: Path) -> float:
    """Return the rate that the marts discount the past by, from where they have it."""
    content = yaml.safe_load((project / "dbt_project" / "dbt_project.yml").read_text())
    return float(content["vars"]["annual_discount_rate"])


def _write_model(
    connection: duckdb.DuckDBPyConnection,
    artefact: Artefact,
    role: str,
    potential: Potential | None = None,
) -> None:
    band = artefact.band or (None, None, None)
    value = artefact.value_parameters
    connection.execute(
        f"insert into lifetime_value.models values ({', '.join('?' * 23)})",
        [
            artefact.unit,
            role,
            artefact.fitted_on,
            artefact.chosen,
            artefact.reason,
            artefact.digest,
            artefact.customers_count,
            artefact.repeat_buyers_count,
            artefact.history_days,
            artefact.level,
            RESIDUAL_DAYS,
            artefact.value_basis,
            artefact.value_prior_mean,
            value.get("p"),
            value.get("q"),
            artefact.value_correlation,
            OWN_MEAN_OCCASIONS,
            *band,
            potential and potential.cut_off,
            potential and potential.horizon_days,
            potential and potential.reason,
        ],
    )


def _write_details(connection: duckdb.DuckDBPyConnection, artefact: Artefact) -> None:
    for model in artefact.models:
        for name, number in model.parameters.items():
            connection.execute(
                "insert into lifetime_value.parameters values (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    artefact.unit,
                    model.name,
                    name,
                    number,
                    model.deviations[name],
                    model.log_likelihood,
                    model.is_degenerate,
                    model.reason,
                ],
            )
    for score in artefact.scores:
        coverage = score.occasions_coverage
        connection.execute(
            f"insert into lifetime_value.scores values ({', '.join('?' * 18)})",
            [
                artefact.unit,
                score.cut_off,
                HOLDOUT_DAYS,
                score.method,
                score.customers_count,
                score.actual_total,
                score.predicted_total,
                score.mean_absolute_error,
                score.root_mean_squared_error,
                score.concordance,
                score.top_tenth_gain,
                score.log_likelihood,
                score.actual_occasions,
                score.predicted_occasions,
                score.occasions_mean_absolute_error,
                None if coverage is None else coverage[0],
                score.is_degenerate,
                score.reason,
            ],
        )
    _write_parts(connection, artefact)


def _write_parts(connection: duckdb.DuckDBPyConnection, artefact: Artefact) -> None:
    """Write the cohorts and tenths of all backtests, hundreds of rows, at once."""
    cohorts: list[dict[str, Any]] = []
    deciles: list[dict[str, Any]] = []
    for score in artefact.scores:
        key = {
            "business_unit": artefact.unit,
            "cut_off_date": score.cut_off,
            "method": score.method,
        }
        cohorts += [key | asdict(cohort) for cohort in score.cohorts]
        tenth = key | {"customers_count": score.customers_count / 10}
        deciles += [tenth | asdict(decile) for decile in score.deciles]
    for table, rows in (("score_cohorts", cohorts), ("score_deciles", deciles)):
        if rows:
            _insert(connection, table, pa.Table.from_pylist(rows))


def _write_tests(
    connection: duckdb.DuckDBPyConnection, unit: str, tests: tuple[Tested, ...]
) -> None:
    for test in tests:
        connection.execute(
            f"insert into lifetime_value.potential_tests values ({', '.join('?' * 11)})",
            [unit, *astuple(test)],
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("rows_to_insert", rows)
    try:
        connection.execute(f"insert into lifetime_value.{table} by name from rows_to_insert")
    finally:
        connection.unregister("rows_to_insert")
