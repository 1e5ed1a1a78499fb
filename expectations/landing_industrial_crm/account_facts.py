"""Are the facts about accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="cost_cny",
        max_value=1000000,
        notes="The dearest fact cost 8,953 CNY; a million is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="gathered_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "public_ratio": "avg(cast(information_level = 1 as integer))",
    "facts_per_account": "count(*) / count(distinct account_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="public_ratio",
        min_value=0.1,
        max_value=0.95,
        notes="57 % are public and nearly free; none or all means that the level is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="facts_per_account",
        min_value=1.2,
        max_value=100,
        notes="4.0 facts an account; one each means that numbers are made up.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Facts are withdrawn one at a time; an empty list would forget every account.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="At most one fact left in a night; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One fact in fifty unusable is a change of ours or theirs.",
    ),
]
