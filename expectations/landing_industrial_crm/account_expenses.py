"""Are the expenses for accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="amount_cny",
        max_value=10000000,
        notes="The largest expense was 97,822 CNY; ten million is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="spent_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date; the first was in 2013.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "mean_amount": "avg(amount_cny)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_amount",
        min_value=1000,
        max_value=150000,
        notes="An expense was 12,245 CNY on the mean; a tenth or ten times that is another unit.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past expenses stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=100,
        notes="Expenses are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One expense in fifty unusable is a change of ours or theirs.",
    ),
]
