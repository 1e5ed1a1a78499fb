"""Tonight's predictions, one row for each history that a customer may have.

Customers with the same history have the same prediction, so dbt joins these rows to customers by
the three numbers of a history. A base with many customers has its days counted in weeks: without
that, almost every customer of a large base would be a history of its own.
"""

import datetime as dt
import math

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from customer_value.lifetime_value.family import FAMILY
from customer_value.prediction.artefact import Artefact

HORIZONS_DAYS = (90, 365, 1095)
# The residual is cut here: at 15 % a year, what lies beyond ten years is a quarter of its worth.
RESIDUAL_DAYS = 3650
# From this many customers on histories are counted in weeks.
WEEKS_FROM_CUSTOMERS = 200_000
WEEK_DAYS = 7
CELLS = """
select
    repeat_occasions,
    age_at_last_purchase,
    age,
    count(*) as customers_count
from (
    select
        count(*) - 1 as repeat_occasions,
        date_diff('day', min(activity_date), max(activity_date)) // $grain as age_at_last_purchase,
        date_diff('day', min(activity_date), $day) // $grain as age
    from intermediate.int_customers__known_activity
    where business_unit = $unit and purchase_occasions_count > 0
    group by customer_id
)
group by all
order by all
"""


def grain_days(customers_count: int) -> int:
    """Return how many days one step of a history has."""
    return WEEK_DAYS if customers_count >= WEEKS_FROM_CUSTOMERS else 1


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
    grain = grain_days(artefact.customers_count)
    found = connection.execute(
        CELLS, {"unit": artefact.unit, "day": day, "grain": grain}
    ).fetchnumpy()
    chosen = next((m for m in artefact.models if m.name == artefact.chosen), None)
    if chosen is None:
        raise LookupError(f"{artefact.unit} has no model: {artefact.reason}")
    model = FAMILY[chosen.name]
    params = model.params_type(**chosen.parameters)
    x = found["repeat_occasions"].astype(float)
    t_x = found["age_at_last_purchase"].astype(float) * grain
    age = found["age"].astype(float) * grain
    columns = {
        "business_unit": pa.array([artefact.unit] * x.size),
        "repeat_occasions": pa.array(found["repeat_occasions"]),
        "age_at_last_purchase_steps": pa.array(found["age_at_last_purchase"]),
        "age_steps": pa.array(found["age"]),
        "customers_count": pa.array(found["customers_count"]),
        "probability_alive": pa.array(model.probability_alive(params, x, t_x, age)),
    }
    for horizon in HORIZONS_DAYS:
        expected = model.expected_purchases_if_alive(params, x, age, horizon)
        low, high = model.purchase_interval(params, x, t_x, age, horizon, artefact.level)
        columns[f"occasions_if_alive_{horizon}"] = pa.array(expected)
        columns[f"occasions_low_{horizon}"] = pa.array(low)
        columns[f"occasions_high_{horizon}"] = pa.array(high)
    rate = math.log1p(annual_discount_rate) / 365
    columns["discounted_occasions_if_alive"] = pa.array(
        model.expected_purchases_if_alive(params, x, age, RESIDUAL_DAYS, rate)
    )
    return pa.table(columns)
