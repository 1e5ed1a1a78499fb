"""Are the employees believable? What is personal of them is in no suite.

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="employee_id",
        regex="^[0-9a-f]{24}$",
        notes="An employee stands here as a pseudonym of 24 digits and nothing else.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="A seller does not lose all its people overnight.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_in",
        max_value=100000,
        notes="31 people work there; a hundred thousand are another table.",
    ),
]
