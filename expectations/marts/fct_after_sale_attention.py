"""Is the attention around a sale believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="seller_touches_per_30_days",
        min_value=0,
        max_value=30,
        notes="1.45 before, 0.95 at and 0.13 after the sale; 30 a month is a machine that writes.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="service_cases_per_30_days",
        min_value=0,
        max_value=30,
        notes="0.06 to 0.13; 30 a month is one fault told many times.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="service_cases_count",
        column_B="due_cases_count",
        or_equal=True,
        notes="Who waits for a reply has asked.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="due_cases_count",
        column_B="unanswered_cases_count",
        or_equal=True,
        notes="Only who had time for a reply can be without one.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="median_first_reply_hours",
        min_value=0,
        max_value=720,
        notes="4, 16 and 34 hours; the window for a reply is a month of 720.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
