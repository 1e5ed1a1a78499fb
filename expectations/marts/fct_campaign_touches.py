"""Are the published campaign touches believable? Numbers come from the 6,589 of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="redemptions_count",
        min_value=0,
        max_value=1000,
        notes="No household redeemed more than 17 coupons of one campaign.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="last_redemption_date",
        column_B="first_redemption_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The last redemption is not before the first.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="first_redemption_date",
        column_B="sent_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.9,
        notes="All 2,102 coupons were redeemed after they were sent; one in ten before is a "
        "shifted date.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "redeemed_ratio": "avg(cast(is_redeemed as integer))",
    "sent_ratio": "avg(cast(is_sent as integer))",
    "unknown_customer_ratio": "avg(cast(customer_id like '%-unknown' as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="redeemed_ratio",
        max_value=0.6,
        notes="12 % of the households sent a campaign redeemed from it.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sent_ratio",
        min_value=0.5,
        notes="Everybody who redeemed was sent the campaign; half without is a list not read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_customer_ratio",
        max_value=0.9,
        notes="Early in the year campaigns go to households that have not bought yet and are "
        "unknown; hardly anybody known is a CRM that was not read.",
    ),
]
