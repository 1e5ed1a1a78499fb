"""Are the coupon redemptions of the CRM believable? Numbers come from the 2,102 of 2017."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="redemption_date",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="The shop's loyalty programme is younger than 2000, and 9999 stands for no date.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_upc",
        min_value=10_000_000_000,
        max_value=99_999_999_999,
        notes="Coupon numbers have eleven digits; a lost leading digit makes another coupon.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "largest_household_ratio": "list_max(map_values(histogram(household_id))) / count(*)",
    "largest_coupon_ratio": "list_max(map_values(histogram(coupon_upc))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_household_ratio",
        max_value=0.5,
        notes="No household redeemed more than 30 coupons in the year; half of all on one key is "
        "a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_coupon_ratio",
        max_value=0.5,
        notes="491 coupons were redeemed; half of all on one number is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past redemptions stay in the CRM; an empty list would delete them all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=50,
        notes="Past redemptions stay, so a tenth never goes. The whole year, loaded in one step, "
        "is 21 times a list of the first 100.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One redemption in fifty unusable is a change of ours or theirs.",
    ),
]
