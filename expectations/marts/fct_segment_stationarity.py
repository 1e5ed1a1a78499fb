"""Is the test of stationarity believable? No row before two months have ended."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="chi_square",
        min_value=0,
        max_value=1_000_000_000,
        notes="Squares are not negative; the largest was 69.9.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="freedom_degrees_count",
        min_value=0,
        max_value=124,
        notes="7 to 10 with eleven segments; there are no more than 125 cells.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="smallest_expected_count",
        min_value=0,
        notes="Expected counts are shares of counts: 0.42 to 6.97 at the least.",
    ),
]
