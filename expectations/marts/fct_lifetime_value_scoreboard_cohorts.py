"""Are backtests by cohort believable? Numbers come from retail 2017 and a simulated supplier.

May be empty: thin data.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="customers_count",
        min_value=1,
        notes="A cohort without a customer has no row.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="data_basis",
        value_set=["sufficient", "insufficient data"],
        notes="Only these two are known.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="actual_to_predicted_ratio",
        min_value=0.05,
        max_value=20,
        notes="Cohorts brought 0.3 (naive mean, newcomers) to 2.3 times what was predicted.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="top_tenth_revenue_ratio",
        min_value=0,
        max_value=1.2,
        notes="A share; refunds may carry it a little above 1.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="occasions_coverage_ratio",
        min_value=0.4,
        max_value=1,
        notes="90 % intervals held 79 to 100 % of a cohort; less than half is another time unit.",
    ),
]
