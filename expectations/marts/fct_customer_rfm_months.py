"""Is the history of RFM believable? Numbers come from the 28,198 customer months of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="recency_days",
        min_value=1,
        max_value=36_525,
        notes="A snapshot is the day after the last day counted; a century is a wrong date.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="recency_change_days",
        min_value=-36_525,
        max_value=31,
        notes="Snapshots lie a month apart at most, so silence grows by 31 days at most; from "
        "one to the next it fell by up to 320.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="lifetime_occasions_count",
        column_B="window_occasions_count",
        or_equal=True,
        notes="A window of a lifetime holds no more than the lifetime.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="snapshot_date",
        column_B="last_occasion_date",
        notes="Nobody can have bought on the snapshot or after it.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "best_monetary_ratio": "avg(cast(monetary_score = 5 as integer))",
    "lost_ratio": "avg(cast(customer_status = 'lost' as integer))",
    "past_long_gap_ratio": "avg(cast(is_past_long_gap as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="best_monetary_ratio",
        min_value=0.1,
        max_value=0.3,
        notes="Fifths of distinct amounts hold a fifth each, ties and the first days of a year "
        "aside.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_ratio",
        max_value=0.9,
        notes="2.3 % of customer months were lost, 4.7 % on the last day; nearly all is a "
        "delivery that stopped or dates that moved.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="past_long_gap_ratio",
        max_value=0.9,
        notes="17 % of customer months were past the long gap, which one in ten gaps is; nearly"
        " all is a delivery that stopped.",
    ),
]
