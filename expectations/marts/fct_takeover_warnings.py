"""Are the warnings believable? Numbers come from a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="procurement_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="application_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="past_precision_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="past_precision_ratio_upper",
        column_B="past_precision_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order.",
    ),
]

MEASURES_NEED_ROWS = 1_000
MEASURES = {
    "warned_ratio": "avg(cast(is_warned as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="warned_ratio",
        max_value=0.2,
        notes="2 % of 3,932 quarters were warned of; a fifth is a rule that warns of everything.",
    ),
]
