"""Are the published order lines of companies believable?

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
        notes="The dearest line cost 881,498 CNY; fifty times that is fen for yuan.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unit_list_price",
        min_value=0,
        max_value=5000000,
        notes="The dearest piece was listed at 61,891 CNY.",
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

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "mean_sales_revenue": "avg(sales_revenue)",
    "free_line_ratio": "avg(cast(sales_revenue = 0 as integer))",
    "unknown_product_ratio": "avg(cast(is_product_unknown as integer))",
    "discount_ratio": "sum(discount) / sum(gross_revenue)",
    "mean_hours_into_day_utc": "avg(epoch(ordered_at_utc) - epoch(order_date)) / 3600",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_sales_revenue",
        min_value=2000,
        max_value=200000,
        notes="The mean line cost 21,290 CNY; a tenth or ten times that is another currency.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="free_line_ratio",
        max_value=0.05,
        notes="No line was free; more means that prices are missing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_product_ratio",
        max_value=0.05,
        notes="Every line named a known product; one in twenty is a list that was not read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0.02,
        max_value=0.35,
        notes="Discounts were 11 % of list value.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_hours_into_day_utc",
        min_value=0,
        max_value=14,
        notes="The mean order was placed 6 hours after its midnight in UTC, about 14:00 in "
        "Shanghai; dates or times that moved by a day leave that range.",
    ),
]
