"""Are the shares of leavers believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="retained_customers_count",
        or_equal=True,
        notes="Who stays was there.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="defection_ratio",
        min_value=0,
        max_value=1,
        notes="0.07 to 0.16 a year; a share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="defection_ratio_upper",
        column_B="defection_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order, and the rate between them.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="next_period_start_date",
        notes="The second period is over, so it began before the as-of date.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
