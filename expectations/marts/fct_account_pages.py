"""Are the pages of accounts believable? Numbers come from 348 simulated ones."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="line_number",
        min_value=1,
        max_value=500,
        notes="A page had some sixty lines; five hundred are no page any more.",
    ),
]

MEASURES_NEED_ROWS = 1_000
MEASURES = {
    "unknown_ratio": "avg(cast(line_value is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_ratio",
        max_value=0.8,
        notes="A quarter of the lines had insufficient data; four in five mean that the marts "
        "behind the page are empty.",
    ),
]
