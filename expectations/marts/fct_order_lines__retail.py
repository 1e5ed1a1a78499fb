"""Are the published order lines believable? Numbers come from the 1,469,307 lines of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sales_revenue",
        min_value=0,
        max_value=5000,
        notes="The dearest line cost 840.00; six times that is a lost decimal point.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unit_list_price",
        min_value=0,
        max_value=5000,
        notes="The dearest piece was listed at 549.99.",
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
    "coupon_ratio": "sum(coupon_discount) / sum(sales_revenue)",
    "mean_hours_into_day_utc": "avg(epoch(ordered_at_utc) - epoch(order_date)) / 3600",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_sales_revenue",
        min_value=2.00,
        max_value=5.00,
        notes="The mean line of a day cost 2.78 to 3.63.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="free_line_ratio",
        max_value=0.05,
        notes="0.2 to 1.9 % of a day's lines were free; more means that prices are missing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_product_ratio",
        max_value=0.05,
        notes="4,836 lines (0.3 %) name 17 products that no list has; one in twenty is a list that "
        "was not read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0.05,
        max_value=0.35,
        notes="Discounts were 14.8 % of list value over the year, 11.8 to 19.7 % of a day's.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_ratio",
        max_value=0.05,
        notes="Manufacturers' coupons were worth 0.6 % of sales.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_hours_into_day_utc",
        min_value=12,
        max_value=28,
        notes="A day's mean order was placed 16.6 to 21.4 hours after its midnight in UTC, about "
        "15:00 in New York; dates or times that moved by a day leave that range.",
    ),
]
