"""Are the scorecards believable? Numbers come from 14 simulated managers."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="accounts_count",
        min_value=1,
        max_value=5_000,
        notes="24 or 25 accounts each; nobody looks after thousands.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="repurchase_ratio",
        min_value=0,
        max_value=1,
        notes="0.31 to 0.43 were bought again; a share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="repurchase_ratio_upper",
        column_B="repurchase_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="purchases_count",
        column_B="repeated_purchases_count",
        or_equal=True,
        notes="Only a purchase can be repeated.",
    ),
]
