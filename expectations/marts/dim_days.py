"""Is the calendar whole?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        max_value=36_600,
        notes="The calendar of months holds a hundred years; more days are days counted twice.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="day_date",
        column_B="quarter_start_date",
        or_equal=True,
        notes="A day before its own quarter means that days were counted from the wrong month.",
    ),
]
