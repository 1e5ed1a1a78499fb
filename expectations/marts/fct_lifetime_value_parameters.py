"""Are the fitted parameters believable? They are positive by construction; may be empty."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="parameter_value",
        min_value=0,
        strict_min=True,
        max_value=100_000_000,
        notes="All are positive; times are days, and a model's edge lies below a million times "
        "the mean age of the base.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="parameter_value_upper",
        column_B="parameter_value_lower",
        or_equal=True,
        notes="An interval has its ends in order.",
    ),
]
