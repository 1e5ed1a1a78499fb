"""Are the tests of loyalty believable? Numbers come from the 2,469 households of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=6,
        notes="Two hypotheses at three horizons are asked for each business unit, answered or not.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="repurchased_customers_count",
        or_equal=True,
        notes="Who bought again is one of the customers known.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rank_correlation",
        min_value=-1,
        max_value=1,
        notes="A correlation lies between -1 and 1; it was 0.28 at 90 days and 0.21 at 180.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="rank_correlation_upper",
        column_B="rank_correlation_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="rank_correlation",
        column_B="rank_correlation_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A correlation lies in its own interval.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="history_days",
        min_value=0,
        max_value=36_525,
        notes="273 days at 90, 183 at 180; a century is a wrong date.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="base_date",
        notes="The base date lies a horizon before the as-of date.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        min_value=1,
        max_value=1,
        notes="One build looks at one day.",
    ),
]
