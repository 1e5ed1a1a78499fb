"""Are the published customer months believable? Numbers come from the 28,198 of 2017."""

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
        min_value=-50_000,
        max_value=250_000,
        notes="The best month of a household brought 2,750.19; a hundred times that is not a "
        "household.",
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
        min_value=0.2,
        notes="86 % of customer months had an order; one in five left is a delivery that stopped.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_net_revenue",
        min_value=20,
        max_value=700,
        notes="A customer month brought 163 on the mean, 30 after the first day of the year.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_orders_count",
        min_value=0.5,
        max_value=20,
        notes="A customer month had 5.5 orders on the mean, 1.2 after the first day of the year.",
    ),
]
