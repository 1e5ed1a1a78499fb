"""Are the published orders believable? Numbers come from the 155,848 baskets of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sales_revenue",
        min_value=0,
        max_value=50_000,
        notes="The dearest basket cost 961.49; fifty times that is a lost decimal point.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lines_count",
        min_value=1,
        max_value=5000,
        notes="A basket has a line, and at most 161 were seen.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="gross_revenue",
        column_B="sales_revenue",
        or_equal=True,
        notes="Discounts are given, never charged: nobody pays more than the list price.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="sales_revenue",
        column_B="net_revenue",
        or_equal=True,
        notes="Refunds only take away.",
    ),
]

# A busy hour of the shop; the smallest day had 324 baskets.
MEASURES_NEED_ROWS = 300
MEASURES = {
    "mean_sales_revenue": "avg(sales_revenue)",
    "mean_lines_count": "avg(lines_count)",
    "discount_ratio": "sum(discount) / sum(gross_revenue)",
    "refund_ratio": "sum(refund) / sum(sales_revenue)",
    "unknown_customer_ratio": "avg(cast(is_customer_unknown as integer))",
    "before_customer_start_ratio": "avg(cast(is_before_customer_start as integer))",
    "mean_hours_into_day_utc": "avg(epoch(ordered_at_utc) - epoch(order_date)) / 3600",
    "largest_customer_ratio": "list_max(map_values(histogram(customer_id))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_sales_revenue",
        min_value=12,
        max_value=80,
        notes="The mean basket of a day cost 21.49 (Thanksgiving) to 40.19.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_lines_count",
        min_value=3,
        max_value=30,
        notes="The mean basket of a day had 6.2 to 13.4 lines.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0.05,
        max_value=0.35,
        notes="Discounts were 14.8 % of list value over the year, 11.8 to 19.7 % of a day's.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="refund_ratio",
        max_value=0.3,
        notes="The data set has no refunds; a grocer who gives back a third of sales has doubled "
        "the refunds.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_customer_ratio",
        max_value=0.05,
        notes="All buyers of 2017 were in the CRM; one order in twenty without its customer is a "
        "CRM that was not read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="before_customer_start_ratio",
        max_value=0.05,
        notes="Customers join before they buy; more than slips means that dates moved.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_hours_into_day_utc",
        min_value=12,
        max_value=28,
        notes="A day's mean order was placed 16.6 to 21.4 hours after its midnight in UTC, about "
        "15:00 in New York; dates or times that moved by a day leave that range.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_customer_ratio",
        max_value=0.3,
        notes="No customer placed more than 780 of 155,848 orders; a third on one is a default.",
    ),
]
