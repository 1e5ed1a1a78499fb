"""Is the purchase potential of companies believable?

Numbers come from a simulated world of 350 companies and five years, a year ahead.

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
        max_value=2_000_000_000,
        mostly=0.99,
        notes="The best company brought 11.5 million CNY in the year; a hundred times that and "
        "more is a customer who is several.",
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
    # Of the horizon to come against the one behind; 1 without predictions.
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
        notes="Companies are expected to bring 0.89 of their last year; ten times more or less is "
        "a horizon counted in other days.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="potential_to_expected_ratio",
        min_value=1,
        max_value=20,
        notes="Potentials add up to 2.8 of what is expected; twenty times is one company that "
        "nobody compares with.",
    ),
]
