"""Are the files believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="filled_ratio",
        min_value=0,
        max_value=1,
        notes="0.32 of the competitors, 0.76 of the contacts, 0.91 of the projects, 0.97 of the "
        "background; no more than all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="age_days",
        min_value=0,
        max_value=36525,
        notes="Nothing is known from after the as-of date; a century is a wrong date.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
