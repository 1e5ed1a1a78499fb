"""Are the published campaigns believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        max_value=10_000,
        notes="27 campaigns ran in a year, and the unknown member is always there.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="end_date",
        column_B="start_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A campaign ends after it starts; they lasted 32 to 161 days.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="coupon_products_count",
        column_B="coupons_count",
        or_equal=True,
        mostly=0.5,
        notes="A coupon is good for several products: 290 to 35,616 products for 12 to 209 "
        "coupons. The other way round in most campaigns, the two are swapped.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sent_customers_count",
        max_value=1_000_000,
        notes="1,133 households at most were sent one campaign; the shop has 2,469.",
    ),
]
