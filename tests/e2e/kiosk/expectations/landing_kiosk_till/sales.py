"""Are the kiosk's sales believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="amount", max_value=100, notes="Nothing in a kiosk costs more than 100."
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio", max_value=0.1, notes="The till writes what it sold."
    ),
]
