"""Are the service cases believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="opened_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="Cases began in 2012; 1970 and 9999 stand for no time.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="handling_cost_cny",
        max_value=1000000,
        notes="The dearest case cost 2,047 CNY to handle; a million is fen for yuan.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "complaint_ratio": "avg(cast(case_kind = 'complaint' as integer))",
    "unanswered_ratio": "avg(cast(first_reply_at is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="complaint_ratio",
        min_value=0.005,
        max_value=0.7,
        notes="16 % of cases are complaints; none or most means that the kind is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unanswered_ratio",
        max_value=0.6,
        notes="16 % have no reply yet, or never; most of them means that replies are not recorded.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past cases stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Cases are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One case in fifty unusable is a change of ours or theirs.",
    ),
]
