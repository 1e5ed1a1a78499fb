"""Are the relations of accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="recorded_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date.",
    ),
]

MEASURES_NEED_ROWS = 1
MEASURES = {
    "with_itself_count": "count_if(upstream_account_id = downstream_account_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="with_itself_count",
        max_value=0,
        notes="An account upstream of itself means that both columns were filled from one.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Dealers and suppliers change one at a time; an empty list would part them all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.8,
        max_value=100,
        notes="At most two relations ended in a night; a fifth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One relation in fifty unusable is a change of ours or theirs.",
    ),
]
