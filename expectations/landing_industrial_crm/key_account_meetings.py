"""Are the yearly meetings believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="meeting_year",
        min_value=2000,
        max_value=2100,
        notes="Meetings began in 2013.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "not_held_ratio": "avg(cast(held_on is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="not_held_ratio",
        max_value=0.9,
        notes="28 % were not held; nearly all means that what was held is not recorded.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past meetings stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One meeting in fifty unusable is a change of ours or theirs.",
    ),
]
