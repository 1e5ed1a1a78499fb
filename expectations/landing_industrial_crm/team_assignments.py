"""Are the teams of accounts believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="valid_from",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "manager_ratio": "avg(cast(team_role = 'account_manager' as integer))",
    "open_ratio": "avg(cast(valid_to is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="manager_ratio",
        min_value=0.3,
        max_value=0.98,
        notes="74 % are account managers; few or all means that the role is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="open_ratio",
        min_value=0.3,
        notes="97 % go on; most ended means that an end was written for none.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Assignments end by a date, they are not removed.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="Assignments are added, not removed; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One assignment in fifty unusable is a change of ours or theirs.",
    ),
]
