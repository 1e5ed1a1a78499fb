"""Are the delivered exchange rates believable?"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="cny_per_unit",
        min_value=3,
        max_value=12,
        notes="A dollar cost 6 to 7 yuan from 2013 to 2017; 0.15 is a rate upside down.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rate_date",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One rate in fifty unusable is a change of ours or theirs.",
    ),
]
