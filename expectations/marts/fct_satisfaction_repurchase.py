"""Are satisfaction and repurchase believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="surveys_count",
        column_B="answered_surveys_count",
        or_equal=True,
        notes="Who answered was asked.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="answered_surveys_count",
        column_B="satisfied_surveys_count",
        or_equal=True,
        notes="Who is satisfied answered.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="satisfied_surveys_count",
        column_B="followed_surveys_count",
        or_equal=True,
        notes="Only the satisfied are followed.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="followed_surveys_count",
        column_B="repurchased_surveys_count",
        or_equal=True,
        notes="Only who was followed can have come back.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="gap_ratio",
        min_value=-0.5,
        max_value=1,
        notes="0.63 over all surveys; -0.5 would be a firm whose customers complain and come back.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="median_days_from_purchase",
        min_value=0,
        max_value=365,
        notes="28 to 71 days; an order of a year ago is asked about by mistake.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="repurchase_ratio_upper",
        column_B="repurchase_ratio_lower",
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
