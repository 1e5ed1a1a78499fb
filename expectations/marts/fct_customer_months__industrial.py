"""Are the published months of companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="purchase_occasions_count",
        min_value=0,
        max_value=31,
        notes="A month has at most 31 days to buy on.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="orders_count",
        column_B="purchase_occasions_count",
        or_equal=True,
        notes="A day counts once, whatever the number of its orders.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="cumulative_orders_count",
        column_B="orders_count",
        or_equal=True,
        notes="Orders up to the end of a month include those of the month.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="net_revenue",
        min_value=-20_000_000,
        max_value=150_000_000,
        notes="The best month of a company brought 1.5 million CNY, the worst took back "
        "139,256; a hundred times that is fen for yuan.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "active_ratio": "avg(cast(is_active as integer))",
    "mean_net_revenue": "avg(net_revenue)",
    "mean_orders_count": "avg(orders_count)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="active_ratio",
        min_value=0.1,
        notes="41 % of customer months had an order; one in ten left is a delivery that stopped.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_net_revenue",
        min_value=6000,
        max_value=600000,
        notes="A customer month brought 59,516 CNY on the mean.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_orders_count",
        min_value=0.1,
        max_value=7,
        notes="A customer month had 0.7 orders on the mean.",
    ),
]
