"""Tonight's predictions, one row for each history that a customer may have.

Customers with the same history have the same prediction, so dbt joins these rows to customers by
the three numbers of a history, in whole days.
"""

import datetime as dt
import math
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from customer_value.lifetime_value.family import FAMILY
from customer_value.lifetime_value.model import Model
from customer_value.prediction.artefact import Artefact
from customer_value.prediction.history import Array

HORIZONS_DAYS = (90, 365, 1095)
# The residual is cut here: at 15 % a year, what lies beyond ten years is a quarter of its worth.
RESIDUAL_DAYS = 3650
CELLS = """
select repeat_occasions, age_at_last_purchase, age, count(*) as customers_count
from ({histories})
group by all
order by all
"""
TONIGHT = """
select
    count(*) - 1 as repeat_occasions,
    date_diff('day', min(activity_date), max(activity_date)) as age_at_last_purchase,
    date_diff('day', min(activity_date), $day) as age
from intermediate.int_customers__known_activity
where business_unit = $unit and purchase_occasions_count > 0
group by customer_id
"""
# The states that the bridge of customer value passes through: a history, and an age of it.
BRIDGED = " union all ".join(
    f"""
select
    {history}_occasions_count - 1 as repeat_occasions,
    {history}_age_at_last_purchase_days as age_at_last_purchase,
    {age}_age_days as age
from intermediate.int_customers__histories_bridged
where business_unit = $unit and {history}_occasions_count > 0
"""
    for history, age in (
        ("opening", "opening"),
        ("identified", "identified"),
        ("completed", "completed"),
        ("completed", "aged"),
        ("informed", "informed"),
    )
)
BRIDGE_DAYS = 365


def predict_cells(
    connection: duckdb.DuckDBPyConnection,
    artefact: Artefact,
    day: dt.date,
    annual_discount_rate: float,
) -> pa.Table:
    """Return P(alive), occasions expected if alive, their intervals and the discounted residual.

    Histories stand as of ``day``; horizons are days from then on. Raises ``LookupError`` when the
    artefact has no model to score with.
    """
    model, params = model_of(artefact)
    columns, x, t_x, age = _cells(connection, artefact, TONIGHT, day=day)
    columns["model_role"] = pa.array(["closing"] * x.size)
    predicted = predictions(model, params, x, t_x, age, artefact.level, annual_discount_rate)
    return pa.table(columns | {name: pa.array(column) for name, column in predicted.items()})


def predictions(
    model: Model[Any],
    params: Any,
    x: Array,
    t_x: Array,
    age: Array,
    level: float,
    annual_discount_rate: float,
) -> dict[str, Array]:
    """Return what is predicted of each history, column by column; ``level`` is of intervals."""
    columns = {"probability_alive": model.probability_alive(params, x, t_x, age)}
    for horizon in HORIZONS_DAYS:
        expected = model.expected_purchases_if_alive(params, x, age, horizon)
        low, high = model.purchase_interval(params, x, t_x, age, horizon, level)
        columns[f"occasions_if_alive_{horizon}"] = expected
        columns[f"occasions_low_{horizon}"] = low
        columns[f"occasions_high_{horizon}"] = high
    rate = math.log1p(annual_discount_rate) / 365
    columns["discounted_occasions_if_alive"] = model.expected_purchases_if_alive(
        params, x, age, RESIDUAL_DAYS, rate
    )
    return columns


def predict_bridged_cells(connection: duckdb.DuckDBPyConnection, artefact: Artefact) -> pa.Table:
    """Return P(alive) and a year's occasions for every history that the bridge passes through.

    The artefact is that of the opening date. Raises ``LookupError`` when it has no model.
    """
    model, params = model_of(artefact)
    columns, x, t_x, age = _cells(connection, artefact, BRIDGED)
    columns["model_role"] = pa.array(["opening"] * x.size)
    columns["probability_alive"] = pa.array(model.probability_alive(params, x, t_x, age))
    columns[f"occasions_if_alive_{BRIDGE_DAYS}"] = pa.array(
        model.expected_purchases_if_alive(params, x, age, BRIDGE_DAYS)
    )
    return pa.table(columns)


def model_of(artefact: Artefact) -> tuple[Model[Any], Any]:
    """Return the chosen model and its parameters; raises ``LookupError`` when there is none."""
    chosen = next((m for m in artefact.models if m.name == artefact.chosen), None)
    if chosen is None:
        raise LookupError(f"{artefact.unit} has no model: {artefact.reason}")
    model = FAMILY[chosen.name]
    return model, model.params_type(**chosen.parameters)


def _cells(
    connection: duckdb.DuckDBPyConnection, artefact: Artefact, histories: str, **more: object
) -> tuple[dict[str, pa.Array], Array, Array, Array]:
    """Return the keys of the different histories, and these as numbers: x, t_x and T."""
    found = connection.execute(
        CELLS.format(histories=histories), {"unit": artefact.unit, **more}
    ).fetchnumpy()
    columns = {
        "business_unit": pa.array([artefact.unit] * found["age"].size),
        "repeat_occasions": pa.array(found["repeat_occasions"]),
        "age_at_last_purchase": pa.array(found["age_at_last_purchase"]),
        "age": pa.array(found["age"]),
        "customers_count": pa.array(found["customers_count"]),
    }
    x = found["repeat_occasions"].astype(float)
    t_x = found["age_at_last_purchase"].astype(float)
    return columns, x, t_x, found["age"].astype(float)
