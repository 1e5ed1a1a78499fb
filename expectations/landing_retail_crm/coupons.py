"""Are the coupons of the CRM believable? Numbers come from the 111,332 of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_upc",
        min_value=10_000_000_000,
        max_value=99_999_999_999,
        notes="Coupon numbers have eleven digits; a lost leading digit makes another coupon.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "rows_per_coupon": "count(*) / count(distinct coupon_upc)",
    "largest_product_ratio": "list_max(map_values(histogram(product_id))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_per_coupon",
        max_value=20_000,
        notes="A coupon names 118 products on the mean and 14,477 at most.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_product_ratio",
        max_value=0.5,
        notes="A product is on a few coupons of a campaign; half of all on one key is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past coupons stay in the CRM; an empty list would delete them all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=60,
        notes="Past coupons stay, so a tenth never goes. The whole year, loaded in one step, is 27 "
        "times the list of its first campaign.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One coupon in fifty unusable is a change of ours or theirs.",
    ),
]
