"""Are the published refunds believable? The data set has none: bounds follow from what was sold."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="refund",
        min_value=0,
        max_value=5000,
        notes="Nothing dearer than 840.00 was ever sold, so nothing dearer can come back.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="returned_quantity",
        min_value=0,
        max_value=500_000,
        notes="At most 89,638 units were ever on one line.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "unknown_order_ratio": "avg(cast(is_order_unknown as integer))",
    "before_order_ratio": "avg(cast(is_before_order as integer))",
    "repeated_ratio": "avg(cast(is_repeated as integer))",
    "above_sale_ratio": "avg(cast(is_above_sale as integer))",
    "mean_refund": "avg(refund)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_order_ratio",
        max_value=0.5,
        notes="Returns name the receipt; most of them without an order is another numbering.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="before_order_ratio",
        max_value=0.05,
        notes="Nothing comes back before it is sold; more than slips means that dates moved.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="repeated_ratio",
        max_value=0.2,
        notes="Pieces of one line come back on several days now and then; one in five is a file "
        "delivered again under other numbers.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="above_sale_ratio",
        max_value=0.05,
        notes="Customers get back what they paid; more than slips means list prices were refunded.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_refund",
        max_value=100,
        notes="A line costs 3.13 on the mean; refunds of more than 100 are in another unit.",
    ),
]
