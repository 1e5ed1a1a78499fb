"""Are the products of competitors believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="satisfaction_score",
        min_value=1,
        max_value=5,
        notes="Customers are asked on a scale of five.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_projects_count",
        min_value=0,
        max_value=1000,
        notes="A project is lost once; a thousand of one family at one customer is a copy.",
    ),
]
