"""Did plausible returns arrive? The data set has none, so the bounds follow from what was sold."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="returned_at",
        max_value=dt.date(2100, 1, 1),
        notes="A till that writes 2999 or 9999 has no date; the contract bounds the past.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="refund_value",
        max_value=5000,
        notes="Nothing dearer than 840.00 was ever sold, so nothing dearer can come back.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quantity",
        max_value=500_000,
        notes="At most 89,638 units were ever on one line.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "mean_refund_value": "avg(refund_value)",
    "largest_basket_ratio": "list_max(map_values(histogram(basket_id))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_refund_value",
        max_value=100,
        notes="A line costs 3.13 on the mean; refunds of more than 100 are in another unit.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_basket_ratio",
        max_value=0.9,
        notes="Hundreds of refunds of one basket are a default value: the largest had 161 lines.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One refund in fifty unusable is a broken export, not a slip.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_in",
        max_value=100_000,
        notes="4,036 lines are sold a day; 100,000 returns in one delivery are not returns.",
    ),
]
