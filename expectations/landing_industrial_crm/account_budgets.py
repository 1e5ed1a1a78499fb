"""Are the budgets of accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="budget_amount_cny",
        max_value=10000000,
        notes="Budgets are 21,000 to 119,000 CNY a year; ten million is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="budget_year",
        min_value=2000,
        max_value=2100,
        notes="Budgets began in 2013.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past budgets stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One budget in fifty unusable is a change of ours or theirs.",
    ),
]
