"""Are the merges of accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="merged_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="A merge is dated by the CRM itself; 1970 and 9999 stand for none.",
    ),
]

MEASURES_NEED_ROWS = 1
MEASURES = {
    "into_itself_count": "count_if(losing_account_id = surviving_account_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="into_itself_count",
        max_value=0,
        notes="An account that goes into itself means that both columns were filled from one.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Merges stay on record, and an undo is a row of its own: an empty list would part "
        "every merged customer.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One merge in fifty unusable is a change of ours or theirs.",
    ),
]
