"""Are the answered questions of analysis believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="answered_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date; the first answer is of 2013.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "questions_count": "count(distinct question_code)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="questions_count",
        min_value=5,
        max_value=200,
        notes="22 questions are asked; a handful or hundreds are another list.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Answers stay; an empty list would unlearn every account.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="Answers are added, not removed; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One answer in fifty unusable is a change of ours or theirs.",
    ),
]
