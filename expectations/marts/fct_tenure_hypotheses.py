"""Are the tests of the claims believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_difference",
        min_value=-100,
        max_value=100,
        notes="-0.04 of the price, 0.004 of revenue, 0.18 years; nobody sends a century after the "
        "others.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="mean_difference_upper",
        column_B="mean_difference_lower",
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
