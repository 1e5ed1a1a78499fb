"""Are the economics of tenure believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="tenure_year",
        min_value=1,
        max_value=100,
        notes="Years count from the first order; nobody was a customer for a century.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="followed_customers_count",
        column_B="retained_customers_count",
        or_equal=True,
        notes="Who stays was there.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="followed_customers_count",
        or_equal=True,
        notes="Who could be followed through the next year has this one behind.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="paid_price_ratio",
        min_value=0,
        max_value=1.5,
        notes="0.86 to 0.91 of the list; half as much again is no list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="service_cost_ratio",
        min_value=0,
        max_value=1,
        notes="0.001 to 0.005 of revenue; service that eats all of it is a wrong unit.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="net_revenue_per_customer",
        column_B="margin_per_customer",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="Costs are not negative.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="retention_ratio_upper",
        column_B="retention_ratio_lower",
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
