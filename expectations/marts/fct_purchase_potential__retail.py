"""Is the purchase potential believable? Numbers come from the 2,469 households, half a year ahead.

Without two quarters of history no customer has one.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="potential_net_revenue",
        column_B="expected_net_revenue",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="What nine in ten stay within is no less than the mean: made so.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="expected_net_revenue",
        column_B="expected_net_revenue_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="What one in ten stay under is no more than the mean: made so.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="expected_net_revenue_lower",
        min_value=0,
        notes="Nobody is expected to take money out: made so.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="potential_net_revenue",
        max_value=2_500_000,
        mostly=0.999,
        notes="The best household brought 24,880 in the year; a hundred times that is a customer "
        "who is several.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="horizon_days",
        min_value=91,
        max_value=365,
        notes="One quarter at least, a year at most.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        min_value=1,
        max_value=1,
        notes="One build looks at one day.",
    ),
]

MEASURES_NEED_ROWS = 200
MEASURES = {
    # Of half a year to come against the half behind; 1 without predictions.
    "expected_to_last_ratio": (
        "coalesce(sum(expected_net_revenue) / nullif(sum(last_horizon_net_revenue), 0), 1)"
    ),
    "potential_to_expected_ratio": (
        "coalesce(sum(potential_net_revenue) / nullif(sum(expected_net_revenue), 0), 1)"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="expected_to_last_ratio",
        min_value=0.1,
        max_value=10,
        notes="Households are expected to bring 1.02 of their last half year; ten times more or "
        "less is a horizon counted in other days.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="potential_to_expected_ratio",
        min_value=1,
        max_value=20,
        notes="Potentials add up to 1.7 of what is expected; twenty times is one customer whom "
        "nobody compares with.",
    ),
]
