"""Is the selection of key accounts believable? Numbers are of a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="attractiveness",
        min_value=0,
        max_value=1,
        notes="A mean of criteria from 0 to 1 is one itself.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="strength",
        min_value=0,
        max_value=1,
        notes="A mean of criteria from 0 to 1 is one itself.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="cumulative_margin_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "key_ratio": "avg(cast(account_position = 'key' as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="key_ratio",
        max_value=0.8,
        notes="84 of 274 candidates were placed as key; where nearly all are, none is.",
    ),
]
