"""Is the contact map believable? Numbers come from a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="touches_count",
        min_value=0,
        max_value=100_000,
        notes="The most touched cell had some dozens in half a year.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="last_touch_age_days",
        min_value=1,
        max_value=36_525,
        notes="The as-of date is outside; a century is a wrong date.",
    ),
]

MEASURES_NEED_ROWS = 1_000
MEASURES = {
    "covered_ratio": "avg(cast(is_covered as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="covered_ratio",
        min_value=0.01,
        max_value=0.95,
        notes="Three of ten cells were covered; none means that touches and people have lost each"
        " other, all that nobody is left out.",
    ),
]
