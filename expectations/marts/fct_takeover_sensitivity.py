"""Is it believable how much the warning of a takeover hangs on its thresholds?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="warnings_count",
        column_B="right_warnings_count",
        or_equal=True,
        notes="Only a warning can be right.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="lost_customers_count",
        column_B="warned_lost_customers_count",
        or_equal=True,
        notes="Only a lost customer can have been warned of in time.",
    ),
]
