"""Are the projects believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="budget_source",
        min_value=0,
        max_value=1000000000000,
        notes="A plan of nothing is none; a trillion is a wrong unit.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="decision_days",
        min_value=0,
        max_value=3653,
        notes="7 to 400 days from the opening to the decision; nobody is sure before asking.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="competitive_quotes_count",
        min_value=0,
        max_value=100,
        notes="A hundred offers are no tender.",
    ),
]
