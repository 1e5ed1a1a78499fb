"""Are the satisfaction surveys believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="sent_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="asked_by_employee_id",
        regex="^[0-9a-f]{24}$",
        notes="An employee stands here as a pseudonym of 24 digits and nothing else.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "mean_score": "avg(score)",
    "unanswered_ratio": "avg(cast(score is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_score",
        min_value=1.5,
        max_value=4.9,
        notes="The mean score is 4.5 of 5; an end of the scale is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unanswered_ratio",
        min_value=0.01,
        max_value=0.95,
        notes="32 % did not answer; none or nearly all means that answers are not recorded.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past surveys stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Surveys are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One survey in fifty unusable is a change of ours or theirs.",
    ),
]
