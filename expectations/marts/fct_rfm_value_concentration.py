"""Is the concentration of value believable? Numbers come from the twelve snapshots of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="gini_coefficient",
        min_value=0,
        max_value=0.99,
        notes="0.51 to 0.54 over the year. Of up to 100 customers one who brings all gives "
        "0.99; of more, that is a default customer.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="top_1_percent_revenue_ratio",
        min_value=0.004,
        max_value=0.6,
        notes="The best hundredth brought 5.6 to 6.3 %; more than 60 % is a default customer "
        "among them.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="top_20_percent_revenue_ratio",
        min_value=0.1,
        max_value=1,
        notes="The best fifth brought 53 to 55 %; were all alike, it would bring a fifth or, of"
        " few customers, a little less.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="top_20_percent_revenue_ratio",
        column_B="top_10_percent_revenue_ratio",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The best fifth holds the best tenth; that brought 34 to 36 %.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="top_10_percent_revenue_ratio",
        column_B="top_1_percent_revenue_ratio",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The best tenth holds the best hundredth.",
    ),
]
