"""Are the competitors' products in use believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="recorded_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date; the first was recorded in 2013.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "mean_satisfaction": "avg(satisfaction_score)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_satisfaction",
        min_value=1.5,
        max_value=4.5,
        notes="Customers give 2.9 and 3.1 of 5 on average; an end of the scale is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="What was seen at a customer stays on record.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One record in fifty unusable is a change of ours or theirs.",
    ),
]
