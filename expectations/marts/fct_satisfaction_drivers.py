"""Are the drivers believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="satisfied_gap_ratio",
        min_value=-1,
        max_value=1,
        notes="0.34 for late delivery, 0.02 for a slow reply; a difference of shares.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="satisfied_gap_ratio_upper",
        column_B="satisfied_gap_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order, and the rate between them.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="repurchase_gap_ratio_upper",
        column_B="repurchase_gap_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order, and the rate between them.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="return_per_year",
        min_value=0,
        max_value=1000000000,
        notes="A return is published where both gaps are above nought; 636,733 CNY for late "
        "delivery.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
