"""Are the refunds believable? Numbers come from two simulated worlds of 350 companies."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="refund_amount",
        max_value=10000000,
        notes="The largest refund is 364,096; ten million is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="refunded_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="The first refund is of 2013; 1970 and 9999 stand for no time.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Refunds stay in the order system; an empty list would sell everything again.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One refund in fifty unusable is a change of ours or theirs.",
    ),
]
