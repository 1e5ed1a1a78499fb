"""Are the orders believable? Numbers come from two simulated worlds of 350 companies."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="ordered_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="The first order is of 2013; 1970 and 9999 stand for no time.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "cancelled_ratio": "avg(cast(status = 'cancelled' as integer))",
    "dollar_ratio": "avg(cast(currency_code = 'USD' as integer))",
    "largest_customer_ratio": "list_max(map_values(histogram(customer_number))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="cancelled_ratio",
        max_value=0.15,
        notes="1.6 and 1.8 % are cancelled; one in seven is a lost state.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="dollar_ratio",
        min_value=0.02,
        max_value=0.7,
        notes="22 and 24 % are in dollars; none or most means that the currency is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_customer_ratio",
        max_value=0.3,
        notes="The largest customer places 2 % of all orders; a third on one is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Orders stay in the order system, cancelled or not.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Orders are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One order in fifty unusable is a change of ours or theirs.",
    ),
]
