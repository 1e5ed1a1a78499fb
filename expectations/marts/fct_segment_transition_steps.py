"""Are three steps believable? None before four months have ended."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="predicted_ratio",
        min_value=0,
        max_value=1,
        notes="A probability lies between 0 and 1.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_error",
        min_value=-0.5,
        max_value=0.5,
        mostly=0.9,
        notes="The worst prediction was off by 0.154; half is a matrix of something else.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="from_transitions_count",
        column_B="transitions_count",
        or_equal=True,
        notes="Only who was there can move.",
    ),
]

# Cells are always all there: what counts is how many moves they hold.
MEASURES_NEED_ROWS = 1
MEASURES = {
    "mean_error": ("case when sum(transitions_count) >= 5000 then avg(abs(ratio_error)) end"),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_error",
        max_value=0.15,
        notes="Three steps were off by 0.025 on the mean of 121 cells.",
    ),
]
