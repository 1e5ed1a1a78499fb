"""Did plausible order lines arrive? All numbers come from the 364 open days of 2017."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="transaction_timestamp",
        max_value=dt.date(2100, 1, 1),
        notes="A till that writes 2999 or 9999 has no date; the contract bounds the past.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="sales_value",
        max_value=5000,
        notes="The dearest of 1,469,307 lines cost 840.00; six times that is a lost decimal point.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quantity",
        max_value=500_000,
        notes="Fuel is counted in thousandths: 89,638 at most. Nobody buys five times that.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="retail_disc",
        max_value=1000,
        notes="The largest discount of the year was 130.02.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_disc",
        max_value=500,
        notes="The largest coupon of the year was worth 55.93.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_match_disc",
        max_value=100,
        notes="The shop never matched a coupon with more than 7.70.",
    ),
]

# A thousand lines are about a hundred baskets; the smallest day of the year had 1,994 lines.
MEASURES_NEED_ROWS = 1000
MEASURES = {
    "mean_sales_value": "avg(sales_value)",
    "zero_value_ratio": "avg(cast(sales_value = 0 as integer))",
    "zero_quantity_ratio": "avg(cast(quantity = 0 as integer))",
    "bulk_quantity_ratio": "avg(cast(quantity >= 1000 as integer))",
    "discount_ratio": (
        "sum(retail_disc + coupon_match_disc) / sum(sales_value + retail_disc + coupon_match_disc)"
    ),
    "coupon_line_ratio": "avg(cast(coupon_disc > 0 as integer))",
    "lines_per_basket": "count(*) / count(distinct basket_id)",
    "largest_household_ratio": "list_max(map_values(histogram(household_id))) / count(*)",
    "largest_product_ratio": "list_max(map_values(histogram(product_id))) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_sales_value",
        min_value=2.00,
        max_value=5.00,
        notes="The mean line of a day cost 2.78 to 3.63; cents for dollars would make it 300.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="zero_value_ratio",
        max_value=0.05,
        notes="0.2 to 1.9 % of a day's lines were free; more means that prices are missing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="zero_quantity_ratio",
        max_value=0.05,
        notes="0.2 to 1.7 % of a day's lines had no quantity.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="bulk_quantity_ratio",
        max_value=0.05,
        notes="Fuel made 0.3 to 1.8 % of a day's lines; more means another unit of quantity.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0.05,
        max_value=0.35,
        notes="A day's discounts were 11.8 to 19.7 % of list value; outside, prices and discounts "
        "are swapped or missing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="coupon_line_ratio",
        max_value=0.15,
        notes="Coupons were used on 0.5 to 3.5 % of a day's lines.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lines_per_basket",
        min_value=3,
        max_value=30,
        notes="Baskets held 6.2 to 13.4 lines on the mean of a day; one line each means that "
        "basket numbers are made up.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_household_ratio",
        max_value=0.4,
        notes="No household had more than 4.3 % of a day's lines; half of them on one key is a "
        "default value.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_product_ratio",
        max_value=0.2,
        notes="No product had more than 1.9 % of a day's lines; a fifth on one key is a default "
        "value.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="Tills deliver clean lines; one in fifty unusable is a broken export, not a slip.",
    ),
]

VOLUME_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_same_weekday",
        min_value=0.4,
        max_value=2.5,
        notes="Against the median of up to 8 earlier same weekdays, days ran from 0.635 "
        "(Thanksgiving) to 1.84 (the day before); less than 0.4 is a cut file, more than 2.5 a "
        "file delivered several times.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows",
        max_value=100_000,
        notes="The busiest day had 7,066 lines; fourteen times that is a year in one date.",
    ),
]
