"""Are the published orders of companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sales_revenue",
        min_value=0,
        max_value=50000000,
        notes="The dearest order cost 916,699 CNY; fifty times that is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lines_count",
        min_value=1,
        max_value=500,
        notes="An order has a line, and at most 9 were seen.",
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
        min_value=9000,
        max_value=900000,
        notes="The mean order cost 89,306 CNY; a tenth or ten times that is another currency.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_lines_count",
        min_value=1.2,
        max_value=20,
        notes="The mean order had 4.2 lines.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0.02,
        max_value=0.35,
        notes="Discounts were 11 % of list value.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="refund_ratio",
        max_value=0.2,
        notes="1.3 % of sales were given back; a fifth is refunds counted twice.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_customer_ratio",
        max_value=0.05,
        notes="0.1 % of orders wait for their customer; one in twenty is a CRM that was not read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="before_customer_start_ratio",
        max_value=0.1,
        notes="0.1 % were placed before the account was made; one in ten means that dates moved.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_hours_into_day_utc",
        min_value=0,
        max_value=14,
        notes="The mean order was placed 6 hours after its midnight in UTC, about 14:00 in "
        "Shanghai; dates or times that moved by a day leave that range.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_customer_ratio",
        max_value=0.3,
        notes="No company placed more than 4 % of all orders; a third on one is a default.",
    ),
]
