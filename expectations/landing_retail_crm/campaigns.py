"""Are the campaigns of the CRM believable? Numbers come from the 27 of 2017."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="start_date",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="The shop's loyalty programme is younger than 2000, and 9999 stands for no date.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="end_date",
        column_B="start_date",
        or_equal=True,
        notes="A campaign ends after it starts; they lasted 32 to 161 days.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="end_date",
        max_value=dt.date(2100, 1, 1),
        notes="9999-12-31 stands for no date.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past campaigns stay in the CRM; an empty list would delete them all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_in",
        max_value=10_000,
        notes="27 campaigns ran in a year; ten thousand are another table.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One campaign in fifty unusable is a change of ours or theirs.",
    ),
]
