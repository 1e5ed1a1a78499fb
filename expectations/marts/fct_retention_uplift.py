"""Is the worth of retention believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="uplift_ratio",
        min_value=0,
        max_value=10,
        notes="More retention is worth more: 0.05 to 0.41; tenfold would be retention of nearly 1.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="uplift_ratio_upper",
        column_B="uplift_ratio",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The middle lies in its range.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="uplift_ratio",
        column_B="uplift_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The middle lies in its range.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_per_customer",
        min_value=0,
        max_value=100000000000,
        notes="1.1 to 2.2 million CNY; a customer who stays has some worth.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="value_per_customer_upper",
        column_B="value_per_customer_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="More retention is worth more.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
