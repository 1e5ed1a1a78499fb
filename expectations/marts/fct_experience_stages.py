"""Are the stages of experience believable? Numbers come from a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="experience_score",
        min_value=0,
        max_value=1,
        notes="A mean of signals from 0 to 1 is one itself.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="signals_count",
        min_value=0,
        max_value=6,
        notes="There are six signals.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="quarter_start_date",
        column_B="specialist_since_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A stage is not known before its quarter.",
    ),
]

MEASURES_NEED_ROWS = 1_000
MEASURES = {
    "unknown_ratio": "avg(cast(experience_stage = 'unknown' as integer))",
    "specialist_ratio": "avg(cast(experience_stage = 'experienced_specialist' as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_ratio",
        max_value=0.8,
        notes="A third of 6,315 stages were unknown, mostly of customers who had left; four in five"
        " mean that a source of signals has dried up.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="specialist_ratio",
        max_value=0.8,
        notes="A quarter were specialists; nearly all being so is a scale that has slipped.",
    ),
]
