"""Are the contacts believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="touches_count",
        column_B="touches_last_12_months_count",
        or_equal=True,
        notes="The last year is part of all time.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="touches_count",
        min_value=0,
        max_value=36525,
        notes="A person was touched up to 421 times in five years; once a day for a century is a "
        "machine.",
    ),
]
