"""Are the published refunds to companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="refund",
        min_value=0,
        max_value=50000000,
        notes="The dearest refund was 259,478 CNY; no order was dearer than a million.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="returned_quantity",
        min_value=0,
        max_value=100000,
        notes="At most 217 pieces came back at once.",
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
        max_value=0.05,
        notes="Every refund named an order; one in twenty without is another numbering.",
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
        min_value=100,
        max_value=1000000,
        notes="A refund was 11,505 CNY on the mean; far off is another currency.",
    ),
]
