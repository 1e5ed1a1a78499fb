"""Are the backtests believable? Numbers come from the quarters of 2017. May be empty: thin data."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="actual_to_predicted_ratio",
        min_value=0.2,
        max_value=5,
        notes="Totals of the models were off by 4 % at most, of the challengers by 25 %.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="root_mean_squared_error",
        column_B="mean_absolute_error",
        or_equal=True,
        notes="A root mean square is no smaller than a mean.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rank_correlation",
        min_value=-0.5,
        max_value=1,
        notes="Between -1 and 1; a method that ranks customers upside down has mixed up its rows.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="top_tenth_revenue_ratio",
        min_value=0,
        max_value=1.2,
        notes="A share; refunds may carry it a little above 1.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="occasions_coverage_ratio",
        min_value=0.5,
        max_value=1,
        notes="90 % intervals held 80 to 85 % of the customers; half means another unit of time.",
    ),
]
