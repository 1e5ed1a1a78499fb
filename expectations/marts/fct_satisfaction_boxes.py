"""Are the boxes believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="surveys_count",
        column_B="followed_surveys_count",
        or_equal=True,
        notes="Who is followed was asked.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="followed_surveys_count",
        column_B="repurchased_surveys_count",
        or_equal=True,
        notes="Only who was followed can have come back.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="repurchase_ratio",
        column_B="repurchase_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order, and the rate between them.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="repurchase_ratio_upper",
        column_B="repurchase_ratio",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order, and the rate between them.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
